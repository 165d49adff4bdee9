package dev.amorelay.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.deals.Claims;
import dev.amorelay.deals.SerialNumbers;
import dev.amorelay.delivery.Effect;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.AccountSettings.Fields;
import dev.amorelay.work.Refused;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

class SaleReaderTest {

    private static final UUID CLIENT = UUID.fromString("11111111-2222-4333-8444-555555555555");
    private static final Effect EFFECT = new Effect(1, 1, "machine.register", "", "key", "55",
            Map.of("account", "default", "account_id", 777), 1, 0, false);

    private final JdbcTemplate jdbc = mock(JdbcTemplate.class);
    private final Accounts accounts = mock(Accounts.class);
    private final AccountZones zones = mock(AccountZones.class);
    private final SaleReader reader = new SaleReader(jdbc, accounts, zones);

    private Sale read(String fields, String deal) {
        when(accounts.named("default")).thenReturn(new Account("default", new AccountSettings(null, null, null, null, null,
                null, null, null, null, null, 10226282L, new Fields(1L, 2L, 3L, 4L, 5L, 6L, null), null, null, null, null, null)));
        when(zones.of("default")).thenReturn(ZoneId.of("Europe/Kaliningrad"));
        Map<String, Object> row = new HashMap<>();
        row.put("client_id", CLIENT);
        row.put("pipeline_id", 10226282);
        row.put("fields", fields);
        row.put("deal", deal);
        when(jdbc.queryForList(anyString(), any(Object[].class))).thenReturn(List.of(row));
        return reader.read(EFFECT);
    }

    private static String field(int id, String value) {
        return "{\"field_id\":" + id + ",\"values\":[{\"value\":" + value + "}]}";
    }

    @Test
    void everythingThatADealTells() {
        Sale sale = read("[" + String.join(",", field(1, "\"SN-1, SN-2\""), field(2, "\"DMTG CKE6150\""), field(3, "\"777000777\""),
                field(4, "\"{}\""), field(5, "1829000000")) + "]", "{\"responsible_user_id\":12380450}");
        assertThat(sale).isEqualTo(new Sale(777, "55", true, 12380450L, CLIENT, List.of("SN-1", "SN-2"), "DMTG CKE6150",
                "{}", LocalDate.of(2027, 12, 17), 777000777L, Claims.UNKNOWN));
    }

    /** As the API answers fields of other types than text. */
    @Test
    void fieldsOfOtherTypes() {
        Sale sale = read("""
                [{"field_id":1,"field_type":"multiselect","values":[{"value":"SN-18-A","enum_id":1},{"value":"SN-18-B","enum_id":2}]},
                 {"field_id":2,"field_type":"select","values":[{"value":"16К20","enum_id":5,"enum_code":null}]},
                 {"field_id":3,"field_type":"numeric","values":[{"value":"5134861418"}]},
                 {"field_id":5,"field_type":"date_time","values":[{"value":1803886200}]}]""", "{}");
        assertThat(sale.serials()).containsExactly("SN-18-A", "SN-18-B");
        assertThat(sale.model()).isEqualTo("16К20");
        assertThat(sale.telegramId()).isEqualTo(5134861418L);
        assertThat(sale.nextMaintenance()).isEqualTo("2027-03-01");
    }

    @Test
    void aSerialNumberMayBeANumberAndADateAText() {
        Sale sale = read("[{\"field_id\":1,\"values\":[{\"value\":105}]}," + field(5, "\"2027-03-01T00:00:00+02:00\"") + "]", "{}");
        assertThat(sale.serials()).containsExactly("105");
        assertThat(sale.nextMaintenance()).isEqualTo("2027-03-01");
    }

    @Test
    void nothingFilledIn() {
        Sale sale = read("[]", "{\"responsible_user_id\":0}");
        assertThat(sale).isEqualTo(new Sale(777, "55", true, null, CLIENT, List.of(), null, null, null, null, Claims.UNKNOWN));
    }

    @Test
    void whatCannotBeRead() {
        Sale sale = read("[" + field(3, "\"@ivan\"") + "," + field(5, "\"скоро\"") + "]", null);
        assertThat(sale.telegramId()).isNull();
        assertThat(sale.nextMaintenance()).isNull();
        assertThat(sale.responsible()).isNull();
    }

    @Test
    void unknownDeal() {
        when(accounts.named("default")).thenReturn(new Account("default", new AccountSettings(null, null, null, null, null,
                null, null, null, null, null, null, null, null, null, null, null, null)));
        assertThatThrownBy(() -> reader.read(EFFECT)).isInstanceOf(Refused.class).hasMessage("deal 55 is not stored");
    }

    @Test
    void serialsInOneField() {
        assertThat(SerialNumbers.of(List.of("A-1, B 2;C3\r\nD4\n\n ,; E5", "F6"))).containsExactly("A-1", "B 2", "C3", "D4", "E5", "F6");
        assertThat(SerialNumbers.of(List.of(" SN \t 1 ,SN 1,sn 1", "SN 1"))).containsExactly("SN 1", "sn 1");
        assertThat(SerialNumbers.of(List.of("\u00a0SN-7\u00a0"))).containsExactly("SN-7");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", ",;\n", "\u00a0"})
    void noSerials(String field) {
        assertThat(SerialNumbers.of(Stream.ofNullable(field).toList())).isEmpty();
    }
}
