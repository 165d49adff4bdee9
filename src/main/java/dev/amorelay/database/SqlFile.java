package dev.amorelay.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Long SQL statements, kept as commented files under {@code src/main/resources/sql}. */
public final class SqlFile {

    private SqlFile() {
    }

    /**
     * Reads a statement.
     *
     * @param name for example {@code clients/find.sql}
     * @return its text; comments stay, so that the database's log shows them
     */
    public static String read(String name) {
        try (InputStream file = SqlFile.class.getResourceAsStream("/sql/" + name)) {
            if (file == null) {
                throw new IllegalArgumentException("no statement sql/" + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
