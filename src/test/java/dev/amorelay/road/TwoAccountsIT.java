package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two accounts in one relay: told apart everywhere, and neither waits for the other. */
class TwoAccountsIT {

    private static final long A = 31_000_001;
    private static final long B = 31_000_002;
    private static StartedRelay relay;

    @BeforeAll
    static void start() throws IOException {
        relay = StartedRelay.withAccountB("1000/1s,60000/1m");
        soon().until(() -> relay.jdbc().queryForObject("SELECT count(*) FROM amocrm_accounts WHERE account_id IN (?, ?)", Long.class, A, B) == 2);
    }

    @AfterAll
    static void stop() {
        relay.close();
    }

    @AfterEach
    void mend() {
        relay.mend();
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(100));
    }

    private static String somePhone() {
        return "+7999" + ThreadLocalRandom.current().nextInt(1000000, 9999999);
    }

    private static Long crmId(String lead) {
        return relay.jdbc().queryForObject("SELECT amo_lead_id FROM leads WHERE id = ?::uuid", Long.class, lead);
    }

    private static String sandboxAccountOf(String lead) {
        soon().until(() -> crmId(lead) != null);
        return relay.jdbc().queryForObject("SELECT account FROM sandbox.documents WHERE kind = 'lead' AND id = ?", String.class, crmId(lead));
    }

    private static List<Long> accountsOfDeal(long deal) {
        return relay.jdbc().queryForList("SELECT account_id FROM amocrm_deals WHERE amocrm_deal_id = ? ORDER BY account_id", Long.class,
                String.valueOf(deal));
    }

    private static String outcome(long lead) {
        return relay.jdbc().queryForObject("SELECT outcome FROM amocrm_webhook_events WHERE amocrm_entity_id = ?", String.class,
                String.valueOf(lead));
    }

    @Test
    void aLeadGoesToTheAccountThatTakesItsSource() {
        String phone = somePhone();
        String ours = relay.ingest("b_site", "Сайт Б", phone);
        String others = relay.ingest("site", "Сайт А", phone);

        assertThat(sandboxAccountOf(ours)).isEqualTo("b");
        assertThat(sandboxAccountOf(others)).isEqualTo("a");
        assertThat(relay.jdbc().queryForList("SELECT account_id FROM amocrm_contacts WHERE phones @> ARRAY[?::text] ORDER BY 1",
                Long.class, phone)).as("one person, a contact in each").containsExactly(A, B);
    }

    @Test
    void aHookIsOfTheAccountItNamesOrTheAccountWhoseKeyItBears() {
        long named = relay.seed("b", 1, 0);
        long keyed = relay.seed("b", 1, 0);

        relay.hook("key-of-all", named, String.valueOf(B));
        relay.hook("key-of-b", keyed, "");

        soon().untilAsserted(() -> assertThat(accountsOfDeal(named)).containsExactly(B));
        soon().untilAsserted(() -> assertThat(accountsOfDeal(keyed)).containsExactly(B));
    }

    @Test
    void oneIdInTwoAccountsIsTwoDeals() {
        long lead = relay.seed("a", 1, 0);
        relay.hook("key-of-all", lead, String.valueOf(A));
        soon().untilAsserted(() -> assertThat(accountsOfDeal(lead)).containsExactly(A));

        // the sandbox gives each id once, so the lead moves house
        relay.jdbc().update("UPDATE sandbox.documents SET account = 'b' WHERE kind = 'lead' AND id = ?", lead);
        relay.hook("key-of-b", lead, String.valueOf(B));

        soon().untilAsserted(() -> assertThat(accountsOfDeal(lead)).containsExactly(A, B));
        assertThat(relay.jdbc().queryForObject("SELECT deleted FROM amocrm_deals WHERE amocrm_deal_id = ? AND account_id = ?",
                Boolean.class, String.valueOf(lead), A)).isFalse();
    }

    @Test
    void anEventOfAnUnknownAccountIsStoredAndLeftAlone() {
        long lead = relay.seed("a", 1, 0);
        long later = relay.seed("a", 1, 0);

        relay.hook("key-of-all", lead, "999");
        relay.hook("key-of-all", later, String.valueOf(A));

        soon().untilAsserted(() -> assertThat(accountsOfDeal(later)).containsExactly(A));
        assertThat(outcome(lead)).isEqualTo("unknown-account");
        assertThat(relay.jdbc().queryForMap("SELECT processed, attempts FROM amocrm_webhook_events WHERE amocrm_entity_id = ?",
                String.valueOf(lead))).isEqualTo(Map.of("processed", false, "attempts", 0));
        assertThat(accountsOfDeal(lead)).isEmpty();
    }

    @Test
    void aHookThatBearsOneAccountsKeyAndAnothersNumberTouchesNeither() {
        long lead = relay.seed("a", 1, 0);
        relay.hook("key-of-all", lead, String.valueOf(A));
        soon().untilAsserted(() -> assertThat(accountsOfDeal(lead)).containsExactly(A));
        long stray = relay.seed("a", 1, 0);

        relay.hook("key-of-b", stray, String.valueOf(A));

        assertThat(outcome(stray)).isEqualTo("unknown-account");
    }

    private static void win(String account, long deal, String serial, String model, long person) {
        relay.json("POST", "/sandbox/api/leads/" + deal + "/win?account=" + account,
                "{\"serial\":\"" + serial + "\",\"model\":\"" + model + "\",\"telegram_id\":\"" + person + "\"}");
    }

    private static List<UUID> clients(String sql, Object... values) {
        return relay.jdbc().queryForList(sql, UUID.class, values);
    }

    @Test
    void neitherGetsAtTheOthersClients() {
        String phone = somePhone();
        long person = ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);
        String serial = "SN-" + UUID.randomUUID();
        String ofA = relay.ingest("site", "Клиент А", phone);
        assertThat(sandboxAccountOf(ofA)).isEqualTo("a");
        win("a", crmId(ofA), serial, "16К20", person);
        relay.hook("key-of-all", crmId(ofA), String.valueOf(A));
        String ofPerson = "SELECT client_id FROM telegram_users WHERE tg_id = ? AND client_id IS NOT NULL";
        String ofMachine = "SELECT client_id FROM machine_instances WHERE serial_number = ? AND client_id IS NOT NULL";
        soon().until(() -> !clients(ofPerson, person).isEmpty() && !clients(ofMachine, serial).isEmpty());
        UUID client = clients(ofPerson, person).get(0);

        // a user of the other account writes the same person, the same number, of the same phone
        String ofB = relay.ingest("b_site", "Клиент Б", phone);
        assertThat(sandboxAccountOf(ofB)).isEqualTo("b");
        win("b", crmId(ofB), serial, "CNC-1", person);
        relay.hook("key-of-b", crmId(ofB), "");
        String ofDeal = "SELECT client_id FROM amocrm_deals WHERE account_id = ? AND amocrm_deal_id = ? AND client_id IS NOT NULL AND status_id = 142";
        soon().until(() -> !clients(ofDeal, B, String.valueOf(crmId(ofB))).isEmpty());
        soon().until(() -> relay.jdbc().queryForObject("SELECT count(*) FROM outbox WHERE kind = 'crm.task' AND account = 'b' AND status = 'done'"
                + " AND dedupe_key LIKE '%' || ? || '%'", Long.class, serial) == 1);

        assertThat(clients(ofDeal, B, String.valueOf(crmId(ofB)))).doesNotContain(client);
        assertThat(clients("SELECT DISTINCT client_id FROM amocrm_contacts WHERE account_id = ? AND phones @> ARRAY[?::text] AND client_id IS NOT NULL", B, phone))
                .as("whoever shares this phone belongs to nobody of both").isNotEmpty().doesNotContain(client);
        assertThat(clients(ofPerson, person)).containsExactly(client);
        assertThat(clients(ofMachine, serial)).containsExactly(client);
        assertThat(relay.jdbc().queryForObject("SELECT doc ->> 'text' FROM sandbox.documents WHERE kind = 'task' AND account = 'b' AND doc ->> 'text' LIKE '%' || ? || '%'",
                String.class, serial)).contains("в другом аккаунте").doesNotContain("16К20");
    }

    @Test
    void aBlockOfOneAccountLeavesTheOtherAtWork() {
        long theirs = relay.seed("a", 1, 0);
        long ours = relay.seed("b", 1, 0);
        relay.fault("a", "{\"fault\":\"html403\"}");
        String first = relay.ingest("site", "Заперт", somePhone());
        soon().until(() -> relay.jdbc().queryForObject("SELECT state = 'blocked' AND paused_until > now() + interval '10 s'"
                + " FROM amocrm_accounts WHERE name = 'default'", Boolean.class));
        long refused = relay.calls("a");

        String second = relay.ingest("site", "Тоже заперт", somePhone());
        String free = relay.ingest("b_site", "Не заперт", somePhone());
        relay.hook("key-of-all", theirs, String.valueOf(A));
        relay.hook("key-of-b", ours, String.valueOf(B));

        assertThat(sandboxAccountOf(free)).isEqualTo("b");
        soon().untilAsserted(() -> assertThat(accountsOfDeal(ours)).containsExactly(B));
        assertThat(relay.jdbc().queryForMap("SELECT failures, status FROM outbox WHERE dedupe_key = 'crm.lead:' || ?", first))
                .containsEntry("failures", 0);
        assertThat(relay.jdbc().queryForMap("SELECT attempts, failures, status FROM outbox WHERE dedupe_key = 'crm.lead:' || ?", second))
                .as("not even claimed").isEqualTo(Map.of("attempts", 0, "failures", 0, "status", "pending"));
        assertThat(relay.jdbc().queryForMap("SELECT attempts, failures, processed FROM amocrm_webhook_events WHERE amocrm_entity_id = ?",
                String.valueOf(theirs))).as("not even claimed").isEqualTo(Map.of("attempts", 0, "failures", 0, "processed", false));
        assertThat(relay.calls("a")).as("and amoCRM is not asked").isEqualTo(refused);

        relay.mend();
        assertThat(sandboxAccountOf(first)).isEqualTo("a");
        assertThat(sandboxAccountOf(second)).isEqualTo("a");
        soon().untilAsserted(() -> assertThat(accountsOfDeal(theirs)).containsExactly(A));
    }

    @Test
    void aBlockedOrSlowAccountDoesNotSlowTheOther() throws Exception {
        new EventLoad(relay, 30, 50).run();
        EventLoad load = new EventLoad(relay, 100, 50);
        EventLoad.Times healthy = load.run();
        relay.fault("a", "{\"fault\":\"slow\",\"ms\":3000}");
        EventLoad.Times besideASlowOne = load.run();
        relay.mend();
        relay.fault("a", "{\"fault\":\"html403\"}");
        EventLoad.Times besideABlockedOne = load.run();

        System.out.printf("isolation: b's events take %s; beside a slow account %s; beside a blocked one %s%n",
                healthy, besideASlowOne, besideABlockedOne);
        assertThat(besideASlowOne.p99()).isLessThan(2 * healthy.p99());
        assertThat(besideABlockedOne.p99()).isLessThan(2 * healthy.p99());
    }
}
