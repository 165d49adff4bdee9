package dev.amorelay.database;

import java.util.Map;

/** How the embedded server runs: nothing acknowledged is lost when the machine stops dead. */
final class ServerConfig {

    static final Map<String, String> SETTINGS = Map.ofEntries(
            // the library passes -F, which switches fsync off, before these
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "100"),
            Map.entry("shared_buffers", "64MB"),
            Map.entry("password_encryption", "scram-sha-256"),
            // the password is 24 random bytes: stretching it protects nothing, and each of a node's connections would pay for it
            Map.entry("scram_iterations", "1"),
            // its own files, a week of them; no statements and no values, which are people's names and phones
            Map.entry("logging_collector", "on"),
            Map.entry("log_filename", "postgresql-%a.log"),
            Map.entry("log_truncate_on_rotation", "on"),
            Map.entry("log_min_messages", "log"),
            Map.entry("log_min_error_statement", "panic"),
            Map.entry("log_error_verbosity", "terse"));

    private ServerConfig() {
    }
}
