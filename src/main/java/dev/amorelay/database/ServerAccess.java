package dev.amorelay.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import javax.sql.DataSource;

/** Who may use the embedded server: one user, with a password that only the owner of the data directory can read. */
final class ServerAccess {

    static final String DATABASE = "relay";
    static final String USER = "postgres";
    private static final String PASSWORD_FILE = "relay-password";
    private static final String RULES = """
            # one user, from this machine, with the password in the file relay-password
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private ServerAccess() {
    }

    /**
     * Makes the database and shuts the open door that initdb leaves: every user of the machine may enter without a password.
     *
     * @param server a server just made
     * @param postgres its data directory
     */
    static void close(DataSource server, Path postgres) throws IOException {
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        try (Connection connection = server.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
            statement.execute("ALTER ROLE " + USER + " PASSWORD '" + password + "'");
        } catch (SQLException e) {
            throw new IOException("the new database could not be prepared: " + e.getSQLState(), e);
        }
        // the directory itself is open to its owner only
        Files.writeString(postgres.resolve(PASSWORD_FILE), password);
        Files.writeString(postgres.resolve("pg_hba.conf"), RULES);
    }

    /**
     * @param postgres the data directory
     * @return the password made with it
     */
    static String password(Path postgres) throws IOException {
        return Files.readString(postgres.resolve(PASSWORD_FILE)).trim();
    }
}
