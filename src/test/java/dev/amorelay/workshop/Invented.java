package dev.amorelay.workshop;

import dev.amorelay.work.WorkTable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Surroundings of tests: a few beans and properties. */
class Invented implements Surroundings {

    /** What flows of tests call. */
    public static final class Desk {

        /** Does something. */
        public String stamp(String what) {
            return what;
        }

        String hidden() {
            return "";
        }
    }

    private static final Map<String, Class<?>> BEANS = Map.of("desk", Desk.class, "outbox", WorkTable.class, "inbox", WorkTable.class,
            "doorDataSource", DataSource.class);
    private static final Map<String, String> PROPERTIES = Map.of("relay.mail.from", "relay@example.com", "relay.cron", "0 0 9 * * ?",
            "camel.component.telegram.authorization-token", "1:t");

    @Override
    public Set<String> beans() {
        return BEANS.keySet();
    }

    @Override
    public Optional<Class<?>> beanType(String name) {
        return Optional.ofNullable(BEANS.get(name));
    }

    @Override
    public Allowances allowances() {
        return new Allowances(Map.of("desk", Set.of("stamp"), "doorDataSource", Set.of(), "mailSender", Set.of()),
                Map.of("a.camel.yaml", Set.of("health/can-store.sql"), "test.camel.yaml", Set.of("health/can-store.sql")), Set.of("seda"),
                Set.of("api.example.com"), Optional.of(Path.of("/srv/exchange")));
    }

    @Override
    public Optional<String> property(String key) {
        return Optional.ofNullable(PROPERTIES.get(key));
    }
}
