package dev.amorelay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.database.EmbeddedDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * How many hooks, or leads, are stored and acknowledged a second, against PostgreSQL alone storing the same rows with as many
 * clients; and how long an acknowledgement takes at a fixed rate. {@code bench/ack} and {@code bench/ingest} run it.
 */
class AckBench {

    private static final boolean LEADS = "leads".equals(System.getProperty("bench.door"));
    private static final String JAVA = System.getProperty("bench.java", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    private static final int SECONDS = Integer.getInteger("bench.seconds", 8);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final List<Integer> CONNECTIONS = Arrays.stream(System.getProperty("bench.connections", "1,8,32,128").split(","))
            .map(Integer::valueOf).toList();
    private static final List<Integer> RATES = List.of(500, 1000);

    private static final String HOOK = "leads%%5Bupdate%%5D%%5B0%%5D%%5Bid%%5D=%d&leads%%5Bupdate%%5D%%5B0%%5D%%5Bname%%5D=%%D0%%A1%%D1%%82%%D0%%B0%%D0%%BD"
            + "%%D0%%BE%%D0%%BA&leads%%5Bupdate%%5D%%5B0%%5D%%5Bstatus_id%%5D=142&leads%%5Bupdate%%5D%%5B0%%5D%%5Bprice%%5D=150000"
            + "&leads%%5Bupdate%%5D%%5B0%%5D%%5Bresponsible_user_id%%5D=504141&leads%%5Bupdate%%5D%%5B0%%5D%%5Blast_modified%%5D=1730000000"
            + "&leads%%5Bupdate%%5D%%5B0%%5D%%5Bpipeline_id%%5D=3177&leads%%5Bupdate%%5D%%5B0%%5D%%5Baccount_id%%5D=31000001"
            + "&leads%%5Bupdate%%5D%%5B0%%5D%%5Bupdated_at%%5D=1730000000&account%%5Bid%%5D=31000001&account%%5Bsubdomain%%5D=sandbox";
    static final String HOOK_ROW = """
            \\set id random(1, 9000000000000000)
            INSERT INTO amocrm_webhook_events (event_type, entity_type, amocrm_entity_id, event_hash, payload, account_id, account, outcome) VALUES \
            ('lead.update', 'lead', :id::text, encode(sha256((:id::text || random()::text)::bytea), 'hex'), \
            ('{"id":"' || :id || '","name":"Станок","status_id":"142","price":"150000","responsible_user_id":"504141","last_modified":"1730000000",\
            "pipeline_id":"3177","account_id":"31000001","updated_at":"1730000000"}')::jsonb, 31000001, 'default', 'stored') ON CONFLICT DO NOTHING;
            """;
    private static final String LEAD = "{\"source\":\"site\",\"name\":\"Иван Замеров\",\"phone\":\"+7999%07d\",\"email\":\"bench%d@example.com\","
            + "\"message\":\"Нужен токарный станок, перезвоните\",\"meta\":{\"page\":\"/catalog/16k20\",\"number\":%d}}";
    private static final String LEAD_ROW = """
            WITH lead AS (INSERT INTO leads (id, source, name, phone, phone_e164, email, message, price, meta, remarks, account) VALUES \
            (gen_random_uuid(), 'site', 'Иван Замеров', '+79990000000', '+79990000000', 'bench@example.com', 'Нужен токарный станок, перезвоните', 0, \
            '{"page":"/catalog/16k20","number":1}', '[]', 'default') RETURNING id), \
            key AS (INSERT INTO lead_keys (key, lead_id, expires_at) SELECT encode(sha256(id::text::bytea), 'hex'), id, now() + interval '10 minutes' FROM lead) \
            INSERT INTO outbox (kind, account, dedupe_key, subject_id, status) SELECT 'crm.lead', 'default', 'crm.lead:' || id, id, 'done' FROM lead \
            UNION ALL SELECT 'mail.lead-copy', '', 'mail.lead-copy:' || id, id, 'done' FROM lead;
            """;

    @Test
    void acknowledgements() throws Exception {
        String door = LEADS ? "leads" : "hooks";
        Path folder = Files.createDirectories(Path.of("target/bench").resolve(door));
        List<String> table = new ArrayList<>();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Files.createTempDirectory(folder.toAbsolutePath(), "db"));
                Relay relay = Relay.start(JAVA, Relay.OPTIONS, Path.of("target/amo-relay.jar"), folder, Map.of("DATABASE_URL", database.jdbcUrl(),
                        "DATABASE_USER", database.user(), "DATABASE_PASSWORD", database.password()))) {
            System.out.printf("ack: started in %.1f s, %d MB resident%n", relay.startSeconds(), relay.residentMegabytes());
            int databasePort = URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
            Baseline baseline = new Baseline(databasePort, database.password(), folder, LEADS ? LEAD_ROW : HOOK_ROW);
            Load load = load(relay);
            Closed closed = !LEADS && Wrk.isThere() ? wrk(relay, folder)::closed : load::closed;
            System.out.printf("ack: warm-up %s%n", closed.post(32, 10 * SECONDS));
            Map<Integer, List<Double>> theirs = new TreeMap<>();
            Map<Integer, List<Load.Outcome>> ours = new TreeMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (int connections : CONNECTIONS) {
                    if (Baseline.isThere() && connections <= 64) {
                        theirs.computeIfAbsent(connections, key -> new ArrayList<>()).add(baseline.perSecond(connections, SECONDS));
                    }
                    long before = relay.processorMicros();
                    Load.Outcome outcome = closed.post(connections, SECONDS);
                    System.out.printf("ack: %s, relay %.0f µs of processor each%n", outcome,
                            (relay.processorMicros() - before) / (outcome.perSecond() * SECONDS));
                    ours.computeIfAbsent(connections, key -> new ArrayList<>()).add(outcome);
                    assertThat(outcome.refused()).isZero();
                }
            }
            for (int connections : CONNECTIONS) {
                table.add(row(connections, theirs.get(connections), ours.get(connections)));
            }
            for (int rate : RATES) {
                Load.Outcome outcome = load.open(rate, 2 * SECONDS);
                System.out.printf("ack: open, due %d/s: %s%n", rate, outcome);
                table.add("| %d/s, open | – | %.0f | – | %.1f | %.1f | %.1f |".formatted(rate, outcome.perSecond(), outcome.p50(), outcome.p99(), outcome.p999()));
            }
            System.out.printf("ack: %d MB resident after the load%n", relay.residentMegabytes());
        }
        System.out.printf("ack: | %s, connections | pgbench, /s | relay, /s | ratio | p50, ms | p99, ms | p99.9, ms |%n", door);
        table.forEach(line -> System.out.println("ack: " + line));
    }

    private interface Closed {

        Load.Outcome post(int connections, int seconds) throws IOException, InterruptedException;
    }

    private static Wrk wrk(Relay relay, Path folder) throws IOException {
        String[] around = HOOK.formatted(NUMBER).split(String.valueOf(NUMBER), 2);
        return new Wrk(relay.port(), "/webhook/amocrm", "application/x-www-form-urlencoded", folder, around[0], around[1], NUMBER);
    }

    /** As many digits as the numbers that are posted. */
    private static final long NUMBER = 1_000_000_000_000_000L;

    /** No two runs post the same. */
    static Load hooks(Relay relay) {
        long first = System.currentTimeMillis() * 1000;
        byte[] hook = HOOK.formatted(NUMBER).getBytes(StandardCharsets.UTF_8);
        int end = new String(hook, StandardCharsets.UTF_8).indexOf(String.valueOf(NUMBER)) + String.valueOf(NUMBER).length();
        return new Load(relay.port(), "/webhook/amocrm", "application/x-www-form-urlencoded", n -> {
            byte[] body = hook.clone();
            long rest = first + n;
            for (int at = end - 1; rest > 0; at--, rest /= 10) {
                body[at] = (byte) ('0' + rest % 10);
            }
            return body;
        });
    }

    private static Load load(Relay relay) {
        long first = System.currentTimeMillis() * 1000;
        return LEADS ? new Load(relay.port(), "/ingest/leads", "application/json", n -> LEAD.formatted(n % 10_000_000, n, first + n).getBytes(StandardCharsets.UTF_8)) : hooks(relay);
    }

    private static String row(int connections, List<Double> theirs, List<Load.Outcome> ours) {
        Load.Outcome middle = ours.stream().sorted(Comparator.comparingDouble(Load.Outcome::perSecond)).toList().get(ours.size() / 2);
        String baseline = theirs == null ? "–" : "%.0f".formatted(median(theirs));
        String ratio = theirs == null ? "–" : "%.2f".formatted(middle.perSecond() / median(theirs));
        return "| %d | %s | %.0f | %s | %.1f | %.1f | %.1f |".formatted(connections, baseline, middle.perSecond(), ratio, middle.p50(), middle.p99(), middle.p999());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
