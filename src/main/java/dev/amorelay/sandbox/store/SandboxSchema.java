package dev.amorelay.sandbox.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the sandbox's tables and its account, pipelines, fields and user. May run at every start. */
public final class SandboxSchema {

    private static final long LOCK = 0x73616e64626f78L;

    private final JsonNode seed = Json.read(resource("sandbox/seed.json"));

    /** @param dataSource the relay's database */
    public SandboxSchema(DataSource dataSource) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        new TransactionTemplate(new JdbcTransactionManager(dataSource)).executeWithoutResult(status -> {
            // two nodes on one database may start together, and IF NOT EXISTS alone does not survive that
            jdbc.query("SELECT pg_advisory_xact_lock(?)", row -> { }, LOCK);
            jdbc.execute(resource("sandbox/schema.sql"));
        });
    }

    /** @return the account's catalogue: {@code account, user, pipeline, field.leads, …}, an array each */
    public JsonNode seed() {
        return seed;
    }

    private static String resource(String path) {
        try {
            return new ClassPathResource(path).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
