package dev.amorelay.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/**
 * A data directory as the first start of a relay leaves it, with all tables: made once a process and copied, since making one takes
 * seconds of a processor. First starts on an empty directory are left to the tests of the tutorial, of the database and of kills.
 */
public final class TemplateDatabase {

    private static Path template;

    private TemplateDatabase() {
    }

    /**
     * Makes a directory for a relay, with an empty database in it.
     *
     * @return the relay's data directory
     */
    public static Path directory() {
        try {
            return copyTo(Files.createTempDirectory("amo-relay-test"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Puts an empty database into a directory.
     *
     * @param data an empty directory
     * @return the same
     */
    public static Path copyTo(Path data) {
        return copy(template(), data);
    }

    /**
     * Copies the data directory of a relay that is stopped.
     *
     * @param from what is copied
     * @param data an empty directory
     * @return the same
     */
    public static Path copy(Path from, Path data) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : (Iterable<Path>) all::iterator) {
                Path to = data.resolve(from.relativize(one).toString());
                if (!one.equals(from)) {
                    // rights too: PostgreSQL refuses a directory that others may read
                    Files.copy(one, to, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
            return data;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized Path template() {
        if (template == null) {
            template = make();
        }
        return template;
    }

    private static Path make() {
        try {
            Path data = Files.createTempDirectory("amo-relay-template");
            try (EmbeddedDatabase database = EmbeddedDatabase.start(data); HikariDataSource pool = new HikariDataSource()) {
                pool.setJdbcUrl(database.jdbcUrl());
                pool.setUsername(database.user());
                pool.setPassword(database.password());
                pool.setMaximumPoolSize(2);
                Flyway.configure().dataSource(pool).load().migrate();
            }
            return data;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
