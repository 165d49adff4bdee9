package dev.amorelay.database;

import java.nio.file.Path;

/** A relay of its own process, to be killed: stores one row, says so, and waits. */
public final class EmbeddedDatabaseChild {

    static final String READY = "stored";

    private EmbeddedDatabaseChild() {
    }

    /** @param arguments the data directory */
    @SuppressWarnings("resource") // it is killed with the database open
    public static void main(String[] arguments) throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]));
        EmbeddedDatabaseIT.execute(database, "CREATE TABLE kept (word text)");
        EmbeddedDatabaseIT.execute(database, "INSERT INTO kept VALUES ('before the kill')");
        System.out.println(READY);
        System.in.read();
    }
}
