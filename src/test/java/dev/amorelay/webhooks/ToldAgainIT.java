package dev.amorelay.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.database.RealTables;
import dev.amorelay.settings.RelaySettings;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.WorkSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** On the real tables: what is told again in the same words is a repeat only where that is certain. */
class ToldAgainIT extends RealTables {

    private static final String ACCOUNT = "&account[id]=31000001&account[subdomain]=sandbox";
    /** As the Digital Pipeline tells a stage: ids only. */
    private static final String WON = "leads[status][0][id]=7&leads[status][0][status_id]=142&leads[status][0][pipeline_id]=1" + ACCOUNT;
    private static final String BACK = WON.replace("=142", "=501");
    private static final String DELETED = "leads[delete][0][id]=7&leads[delete][0][status_id]=142&leads[delete][0][pipeline_id]=1" + ACCOUNT;
    private static final String RESTORED = "leads[restore][0][id]=7&leads[restore][0][status_id]=142&leads[restore][0][updated_at]=1748268669"
            + ACCOUNT;
    /** As the account's webhooks tell it. */
    private static final String DATED = "leads[status][0][id]=7&leads[status][0][status_id]=142&leads[status][0][old_status_id]=501"
            + "&leads[status][0][updated_at]=1748268669" + ACCOUNT;
    private static final String BESIDE = DATED.replace("status][0]", "update][0]").replace("&leads[update][0][old_status_id]=501", "");

    private final Inbox inbox = new Inbox(jdbc, jdbc, new LeaseKeeper());
    private final HookReader reader = new HookReader();

    @BeforeEach
    void emptyTables() {
        jdbc.execute("TRUNCATE amocrm_webhook_events, webhook_second_looks");
    }

    private List<Arrival> hook(String body) {
        return reader.read(HookText.bytes(body), HookText.FORM).stream().map(event -> new Arrival(event, "default")).toList();
    }

    /** Stores bodies one after the other; returns how many events were new. */
    private int told(String... bodies) {
        return Arrays.stream(bodies).mapToInt(body -> inbox.storeInTime(List.of(hook(body)))).sum();
    }

    /** Stores bodies in one commit. */
    private int toldTogether(String... bodies) {
        return inbox.storeInTime(Arrays.stream(bodies).map(this::hook).toList());
    }

    private void later(int minutes) {
        jdbc.update("UPDATE amocrm_webhook_events SET ts = ts - ? * interval '1 minute'", minutes);
        jdbc.update("UPDATE webhook_second_looks SET due_at = due_at - ? * interval '1 minute'", minutes);
    }

    private void worked() {
        jdbc.update("UPDATE amocrm_webhook_events SET processed = true, outcome = 'done'");
    }

    private int rows() {
        return jdbc.queryForObject("SELECT count(*) FROM amocrm_webhook_events", Integer.class);
    }

    private int secondLooks() {
        return jdbc.queryForObject("SELECT count(*) FROM webhook_second_looks", Integer.class);
    }

    @Test
    void amoCrmsOwnRepeatsAreOneEvent() {
        told(DATED);
        for (int pause : new int[] {5, 15, 15, 60}) {
            later(pause);
            assertThat(told(DATED)).as("after %s more minutes", pause).isZero();
        }
        assertThat(rows()).isEqualTo(1);
        assertThat(secondLooks()).as("its time says what it is").isZero();
    }

    @Test
    void afterTwoHoursTheSameWordsAreNewsAndTheirRepeatsAreNot() {
        told(DATED);
        later(121);
        assertThat(told(DATED)).isEqualTo(1);
        later(5);
        assertThat(told(DATED)).isZero();
        later(121);
        assertThat(told(DATED, DATED)).isEqualTo(1);
        assertThat(rows()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {WON, DELETED, RESTORED, "leads[delete]=7" + ACCOUNT, "contacts[delete][0][id]=7&contacts[delete][0][type]=contact" + ACCOUNT,
        "leads[update][0][id]=7&leads[update][0][created_at]=1748268669" + ACCOUNT, "%%%"})
    void wordsWithoutATimeAreRepeatsWithinTheHourOnly(String body) {
        told(body);
        for (int pause : new int[] {0, 5, 15, 15, 25}) {
            later(pause);
            assertThat(told(body)).as("after %s more minutes", pause).isZero();
        }
        later(30);
        assertThat(told(body)).as("an hour and a half later").isEqualTo(1);
        later(180);
        assertThat(told(body)).as("hours later").isEqualTo(1);
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void deletedRestoredDeletedIsThreeEvents() {
        assertThat(told(DELETED, RESTORED, DELETED, RESTORED)).isEqualTo(4);
        assertThat(told(RESTORED)).as("a repeat of the last").isZero();
        emptyTables();
        assertThat(toldTogether(DELETED, RESTORED, DELETED, RESTORED, RESTORED)).as("in one commit").isEqualTo(4);
    }

    @Test
    void thereAndBackAndThereAgainIsThreeEvents() {
        assertThat(told(WON, BACK, WON, BACK, WON, WON)).isEqualTo(5);
        later(240);
        assertThat(toldTogether(WON, BACK, WON, WON, BACK)).as("in one commit").isEqualTo(4);
        assertThat(rows()).isEqualTo(9);
        assertThat(jdbc.queryForObject("SELECT count(DISTINCT event_hash) FROM amocrm_webhook_events WHERE event_hash ~ '^[0-9a-f]{64}$'",
                Integer.class)).isEqualTo(9);
    }

    @Test
    void whatIsToldOfOthersIsNotInBetween() {
        assertThat(told(WON, WON.replace("[id]=7", "[id]=8"), WON.replace("leads", "customers"),
                WON.replace("31000001", "31000009"))).isEqualTo(4);
        assertThat(told(WON)).isZero();
    }

    @Test
    void oneBodyWithSeveralEventsOfADealIsRepeatedAsAWhole() {
        String body = "leads[add][0][id]=7&leads[update][0][id]=7&leads[status][0][id]=7" + ACCOUNT;
        assertThat(told(body)).isEqualTo(3);
        assertThat(told(body)).isZero();
        assertThat(toldTogether(body, body)).isZero();
        later(180);
        assertThat(told(body)).isEqualTo(3);
        later(5);
        assertThat(told(body)).isZero();
        assertThat(told("leads[add][0][id]=7" + ACCOUNT)).as("what it told beside is not told again").isEqualTo(1);
    }

    @Test
    void anUpdateThatIsToldBesideAChangeOfStageMakesNoRepeatNew() {
        assertThat(told(DATED, BESIDE)).isEqualTo(2);
        later(5);
        assertThat(told(DATED, BESIDE)).isZero();
        assertThat(told(BESIDE.replace("=142", "=501"))).as("another state in the same second").isEqualTo(1);
        assertThat(told(DATED)).as("which may have been left again").isEqualTo(1);
    }

    @Test
    void theSameWordsAtOnceAreOneEventOnAllNodes() throws Exception {
        told(WON);
        later(180);
        List<Callable<Integer>> nodes = new ArrayList<>(IntStream.range(0, 6).<Callable<Integer>>mapToObj(node -> () -> told(WON)).toList());
        nodes.addAll(IntStream.range(0, 6).<Callable<Integer>>mapToObj(node -> () -> told(DATED)).toList());
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            for (Future<Integer> node : threads.invokeAll(nodes.subList(0, 6))) {
                node.get();
            }
            assertThat(rows()).isEqualTo(2);
            for (Future<Integer> node : threads.invokeAll(nodes.subList(6, 12))) {
                node.get();
            }
            assertThat(rows()).isEqualTo(3);
        } finally {
            threads.shutdown();
        }
    }

    /** Megabytes that take too long to store are no sign for anybody else that the database is out of reach. */
    @Test
    void whatIsLargeHasADatabaseOfItsOwnAtTheDoor() {
        Accounts accounts = new Accounts(new Binder(new MapConfigurationPropertySource(Map.of("relay.amocrm.base-url", "http://127.0.0.1:9")))
                .bind("relay", RelaySettings.class).get());
        JdbcTemplate away = new JdbcTemplate(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:9/relay"));
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            many.append("leads[update][").append(i).append("][id]=").append(i + 1).append('&');
        }
        List<HookEvent> large = reader.read(HookText.bytes(many.toString()), HookText.FORM);
        List<HookEvent> small = reader.read(HookText.bytes(WON), HookText.FORM);
        KnownAccounts known = new KnownAccounts(accounts, null, jdbc, event -> { });

        InboxDoor largeAway = new InboxDoor(inbox, known, away, new WorkSignal());
        assertThatThrownBy(() -> largeAway.store(large, "", null)).isInstanceOf(DataAccessException.class);
        largeAway.store(small, "", null);
        assertThat(rows()).isEqualTo(1);
        largeAway.destroy();

        InboxDoor doorAway = new InboxDoor(new Inbox(jdbc, away, new LeaseKeeper()), known, jdbc, new WorkSignal());
        doorAway.store(large, "", null);
        assertThat(rows()).isEqualTo(101);
        doorAway.destroy();
    }

    @Test
    void thousandsOfTimesTheSameWordsAreFoundQuickly() {
        told(WON);
        jdbc.update("""
                INSERT INTO amocrm_webhook_events (ts, event_type, entity_type, amocrm_entity_id, event_hash, payload, account_id, account)
                SELECT ts - interval '2 hours', event_type, entity_type, amocrm_entity_id, hash_told_again(event_hash, n), payload,
                       account_id, account
                FROM amocrm_webhook_events, generate_series(1, 3000) n""");
        assertThat(told(WON)).isEqualTo(1);
        assertThat(told(WON)).isZero();
        assertThat(jdbc.queryForObject("SELECT count(*) FROM amocrm_webhook_events e JOIN amocrm_webhook_events first ON first.id = ("
                + "SELECT min(id) FROM amocrm_webhook_events) AND e.event_hash = hash_told_again(first.event_hash, 3001)", Integer.class)).isEqualTo(1);
    }

    @Test
    void aRepeatWithoutATimeIsLookedAtOnceMoreLater() {
        told(WON);
        told(WON);
        assertThat(secondLooks()).as("told in two ways at once").isZero();
        worked();
        later(10);
        told(WON);
        told(WON);
        assertThat(secondLooks()).isEqualTo(1);
        assertThat(jdbc.queryForObject("SELECT due_at - ts = interval '65 minutes' FROM webhook_second_looks JOIN amocrm_webhook_events ON id = event_id",
                Boolean.class)).isTrue();
    }

    @Test
    void whatTheFormerVersionStoredCountsAsTold() {
        HookEvent event = hook(DATED).get(0).event();
        jdbc.update("INSERT INTO amocrm_webhook_events (event_type, entity_type, amocrm_entity_id, event_hash, payload, account_id, account)"
                + " VALUES (?, ?, ?, ?, ?::jsonb, ?, 'default')", event.eventType(), event.entityType(), event.entityId(), event.hash(),
                event.payload().toString(), event.accountId());
        assertThat(told(DATED)).isZero();
    }
}
