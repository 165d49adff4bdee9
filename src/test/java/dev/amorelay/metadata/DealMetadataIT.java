package dev.amorelay.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.FieldBook;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.database.RealTables;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.FlowEvents;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.MetadataMappings;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.workshop.DataFolder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.transaction.support.TransactionTemplate;

/** On the real tables: metadata follow the fields, the settings, and are found by their index. */
class DealMetadataIT extends RealTables {

    private static final long ACCOUNT = 31000001;
    private static final String RENTAL = "rentprog_booking_id:712700, rentprog_car_id:712701";

    private final Account account = new Account("default", new AccountSettings(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null));
    private final Accounts accounts = mock(Accounts.class);
    private final KnownAccounts numbers = mock(KnownAccounts.class);
    private final Outbox outbox = new Outbox(jdbc, new LeaseKeeper());

    @BeforeEach
    void emptyTables() {
        jdbc.execute("TRUNCATE amocrm_deals, amocrm_accounts, outbox, deal_metadata_mappings CASCADE");
        jdbc.update("INSERT INTO amocrm_accounts (name, account_id) VALUES ('default', ?)", ACCOUNT);
        when(accounts.all()).thenReturn(List.of(account));
        when(accounts.named("default")).thenReturn(account);
        when(numbers.numberOf(any())).thenReturn(ACCOUNT);
    }

    /** Owes what deal-metadata owes. */
    private final class AsTheFlow extends FlowEvents {

        private AsTheFlow() {
            super(null, null);
        }

        @Override
        public void tell(String event, Object facts) {
            Map<?, ?> told = new HashMap<>((Map<?, ?>) facts);
            told.values().removeIf(Objects::isNull);
            outbox.owe("deals.metadata-fill", "deals.metadata-fill:" + told.get("account") + ":" + told.get("place"), (String) told.get("account"),
                    Json.MAPPER.valueToTree(told));
        }
    }

    private static FieldBook mapping(String text) {
        return new FieldBook(DataFolder.SHIPPED, name -> null,
                new MetadataMappings(new MockEnvironment().withProperty("relay.amocrm.deal-metadata", text))::of);
    }

    private DealMetadata metadata(String mapping) {
        return new DealMetadata(jdbc, accounts, mapping(mapping));
    }

    private MetadataRefill refill(String mapping) {
        return new MetadataRefill(jdbc, accounts, numbers, mapping(mapping), metadata(mapping), outbox, new AsTheFlow(),
                new TransactionTemplate(new JdbcTransactionManager(pool)));
    }

    private static void deal(int id, String fields) {
        jdbc.update("INSERT INTO amocrm_deals (account_id, amocrm_deal_id, custom_fields) VALUES (?, ?, ?::jsonb)", ACCOUNT, String.valueOf(id), fields);
    }

    private static String field(long id, String value) {
        return "{\"field_id\":" + id + ",\"values\":[" + value + "]}";
    }

    private static List<Map<String, Object>> read(int id) {
        return List.of(Map.of("id", id, "account", "default", "account_id", ACCOUNT));
    }

    private static String of(int id) {
        return Json.write(Json.read(jdbc.queryForObject("SELECT metadata::text FROM amocrm_deals WHERE amocrm_deal_id = ?", String.class, String.valueOf(id))));
    }

    @Test
    void fieldsGetTheNamesOfTheSettings() {
        deal(1, "[" + field(712700, "{\"value\":\"4711\"}") + "," + field(712701, "{\"value\":17}") + "," + field(712702, "{\"value\":\"x\"}") + "]");
        deal(2, "[" + field(712700, "\"4712\"") + "," + field(712701, "{\"value\":\"\"}") + "]");
        deal(3, "[" + field(712701, "") + "," + field(712700, "{\"value\":null}") + "]");
        deal(4, "[]");
        metadata(RENTAL).fill(read(1));
        List.of(2, 3, 4).forEach(id -> metadata(RENTAL).fill(read(id)));
        assertThat(of(1)).isEqualTo("{\"rentprog_car_id\":\"17\",\"rentprog_booking_id\":\"4711\"}");
        assertThat(of(2)).isEqualTo("{\"rentprog_booking_id\":\"4712\"}");
        assertThat(of(3)).isEqualTo("{}");
        assertThat(of(4)).isEqualTo("{}");

        // with every store
        jdbc.update("UPDATE amocrm_deals SET custom_fields = ?::jsonb WHERE amocrm_deal_id = '1'", "[" + field(712700, "{\"value\":\"5000\"}") + "]");
        metadata(RENTAL).fill(read(1));
        assertThat(of(1)).isEqualTo("{\"rentprog_booking_id\":\"5000\"}");
    }

    @Test
    void anotherMappingFillsAllDealsAnewAndTheSameOneNothing() {
        for (int id = 1; id <= 2100; id++) {
            deal(id, "[" + field(712700, "{\"value\":\"b" + id + "\"}") + "," + field(712701, "{\"value\":\"c" + id + "\"}") + "]");
        }
        refill("").compare();
        assertThat(owed()).as("nothing is mapped, nothing was").isEmpty();

        work("booking:712700");
        assertThat(of(1)).isEqualTo("{\"booking\":\"b1\"}");
        assertThat(of(2100)).isEqualTo("{\"booking\":\"b2100\"}");
        refill("booking:712700").compare();
        assertThat(owed()).hasSize(3);

        work("booking:712701,car:712700");
        assertThat(of(640)).isEqualTo("{\"car\":\"b640\",\"booking\":\"c640\"}");
        work("booking:712700");
        assertThat(of(640)).isEqualTo("{\"booking\":\"b640\"}");
        work("");
        assertThat(jdbc.queryForObject("SELECT count(*) FROM amocrm_deals WHERE metadata <> '{}'", Long.class)).isZero();
        assertThat(owed()).hasSize(12).containsOnly("done");
    }

    private void work(String mapping) {
        refill(mapping).compare();
        for (int page = 0; page < 3; page++) {
            List<Effect> claimed = outbox.claim("deals.metadata-fill", "", 10);
            assertThat(claimed).hasSize(1);
            refill(mapping).fill(claimed.get(0));
        }
        assertThat(outbox.claim("deals.metadata-fill", "", 10)).isEmpty();
    }

    private static List<String> owed() {
        return jdbc.queryForList("SELECT status FROM outbox WHERE kind = 'deals.metadata-fill'", String.class);
    }

    @Test
    void aDealIsFoundByTheIndexOnItsMetadata() {
        jdbc.update("""
                INSERT INTO amocrm_deals (account_id, amocrm_deal_id, price, metadata)
                SELECT ?, number::text, number, CASE WHEN number % 2 = 0 THEN '{}'
                    ELSE jsonb_build_object('rentprog_booking_id', (number / 2)::text, 'rentprog_car_id', (number % 50)::text) END
                FROM generate_series(1, 20000) AS number""", ACCOUNT);
        jdbc.execute("ANALYZE amocrm_deals");
        String plan = String.join("\n", jdbc.queryForList("EXPLAIN " + DealsDoor.FIND, String.class, "{\"rentprog_booking_id\":\"4711\"}", 100));
        assertThat(plan).contains("amocrm_deals_metadata").doesNotContain("Seq Scan on amocrm_deals ");

        DealsDoor door = new DealsDoor(jdbc);
        assertThat(Json.read(door.find("metadata.rentprog_booking_id=4711").text()).path("deals"))
                .singleElement().satisfies(deal -> assertThat(deal.toString()).contains("\"id\":9423", "\"account\":\"default\"", "\"rentprog_car_id\":\"23\""));
        assertThat(Json.read(door.find("x=1&metadata.rentprog_booking_id=47%311&metadata.rentprog_car_id=24").text()).path("deals")).isEmpty();
        assertThat(Json.read(door.find("metadata.rentprog_car_id=23").text()).path("deals")).hasSize(100);
        assertThat(door.find(null).status()).isEqualTo(422);
        assertThat(door.find("metadata.=1&metadata").status()).isEqualTo(422);
        assertThat(Json.read(door.find("metadata.a=%zz").text()).path("deals")).isEmpty();
    }

    @Test
    void anAccountThatIsConfiguredNoMoreIsPassedOver() {
        outbox.owe("deals.metadata-fill", "", "deals.metadata-fill:gone:1", "gone", Json.object().put("revision", 1));
        refill(RENTAL).fill(outbox.claim("deals.metadata-fill", "", 1).get(0));
        assertThat(jdbc.queryForMap("SELECT status, last_error FROM outbox")).isEqualTo(Map.of("status", "skipped", "last_error", "no such account any more"));
    }
}
