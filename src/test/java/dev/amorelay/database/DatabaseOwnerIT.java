package dev.amorelay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;

/** A database is a sandbox's or a live relay's, and remembers it. */
class DatabaseOwnerIT extends RealTables {

    @BeforeEach
    void nobodys() {
        jdbc.execute("TRUNCATE database_owner, leads, amocrm_accounts CASCADE");
        jdbc.execute("DROP SCHEMA IF EXISTS sandbox CASCADE");
    }

    @ParameterizedTest
    @CsvSource({"sandbox,live,a sandbox's", "live,sandbox,a live relay's"})
    void theOtherIsRefused(String first, String other, String told) {
        new DatabaseOwner(pool, first).check();
        new DatabaseOwner(pool, first).take();
        assertThatCode(() -> new DatabaseOwner(pool, first).check()).doesNotThrowAnyException();
        assertThatCode(() -> new DatabaseOwner(pool, first).take()).doesNotThrowAnyException();
        assertThatThrownBy(() -> new DatabaseOwner(pool, other).check()).isInstanceOf(DatabaseStartFailed.class).hasMessageContaining(told);
        assertThatThrownBy(() -> new DatabaseOwner(pool, other).take()).isInstanceOf(DatabaseStartFailed.class);
        assertThat(jdbc.queryForList("SELECT kind FROM database_owner", String.class)).containsExactly(first);
    }

    /** As a relay of before left it. */
    @ParameterizedTest
    @CsvSource({"false,31000001,true,sandbox", "false,12345678,true,live", "false,12345678,false,live", "false,,true,sandbox", "false,,false,live", "true,,false,"})
    void oneOfBeforeTellsByWhatStandsInIt(boolean empty, Long number, boolean sandboxTables, String kind) throws IOException {
        if (!empty) {
            jdbc.update("INSERT INTO amocrm_webhook_events (event_type, entity_type, event_hash, payload) VALUES ('lead.add', 'lead', ?, '{}')",
                    "before-" + number + sandboxTables);
        }
        if (number != null) {
            jdbc.update("INSERT INTO amocrm_accounts (name, account_id) VALUES ('default', ?)", number);
        }
        if (sandboxTables) {
            jdbc.execute("CREATE SCHEMA sandbox");
        }
        jdbc.execute("DROP TABLE database_owner");
        new DatabaseOwner(pool, "live").check();
        jdbc.execute(new ClassPathResource("db/upgrade/V31__owner.sql").getContentAsString(StandardCharsets.UTF_8));
        assertThat(jdbc.queryForList("SELECT kind FROM database_owner", String.class)).isEqualTo(kind == null ? List.of() : List.of(kind));
        jdbc.execute("TRUNCATE amocrm_webhook_events CASCADE");
    }

    /** As docker/postgres/relay.sh makes him: he owns his database and nothing else. */
    @Test
    void theRelayNeedsNoSuperuser() {
        jdbc.execute("CREATE ROLE plain LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD 'plain'");
        jdbc.execute("CREATE DATABASE plain OWNER plain");
        String url = pool.getJdbcUrl().replaceFirst("/[^/]*$", "/plain");
        assertThat(Flyway.configure().dataSource(url, "plain", "plain").load().migrate().success).isTrue();
        jdbc.execute("DROP DATABASE plain WITH (FORCE)");
        jdbc.execute("DROP ROLE plain");
    }
}
