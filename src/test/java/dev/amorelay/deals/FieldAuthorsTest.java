package dev.amorelay.deals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.CrmFieldChanges.FieldChange;
import dev.amorelay.deals.FieldAuthors.Told;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldAuthorsTest {

    private static final long SERIAL = 1;
    private static final long TELEGRAM = 3;
    private static final long INN = 6;
    private static final long USER = 12380450;
    private static final long ROBOT = 0;
    private static final Fields FIELDS = new Fields(SERIAL, 2L, TELEGRAM, 4L, 5L, INN, null);

    private static JsonNode deal(long author, String serial, String telegram, String inn) {
        return Json.read("{\"id\":55,\"created_by\":" + author + ",\"custom_fields_values\":[" + field(SERIAL, serial) + "," + field(TELEGRAM, telegram) + ","
                + field(INN, inn) + "]}");
    }

    private static String field(long id, String value) {
        return "{\"field_id\":" + id + ",\"values\":[{\"value\":\"" + value + "\"}]}";
    }

    private static FieldChange change(long field, long author, String before, String after) {
        return new FieldChange(55, field, author, Instant.EPOCH, before.isEmpty() ? List.of() : List.of(before), after.isEmpty() ? List.of() : List.of(after));
    }

    private static List<String> claims(JsonNode deal, Set<String> told, FieldChange... newestFirst) {
        Told ofLead = told == null ? Told.NOTHING : new Told(true, told);
        return FieldAuthors.claims(FIELDS, deal, List.of(newestFirst), ofLead).values();
    }

    @Test
    void whatAUserMadeIsTheUsers() {
        assertThat(claims(deal(USER, "SN-1", "700", "77"), null)).isEmpty();
    }

    @Test
    void whatARobotMadeIsAClaim() {
        assertThat(claims(deal(ROBOT, "SN-1, SN-2", "700", "77"), null)).containsExactly("telegram 700", "serial SN-1", "serial SN-2", "inn 77");
        assertThat(claims(Json.read("{\"id\":55,\"custom_fields_values\":[" + field(INN, "77") + "]}"), null)).as("nobody knows who made it").containsExactly("inn 77");
    }

    @Test
    void whatOurLeadMadeIsAClaimThoughItOnceCountedAsTheTokensOwners() {
        assertThat(claims(deal(USER, "SN-1", "700", "77"), Set.of())).hasSize(4 - 1);
    }

    @Test
    void whatAUserHasWrittenSinceIsTheUsers() {
        JsonNode deal = deal(ROBOT, "SN-9", "701", "78");
        assertThat(claims(deal, Set.of("telegram 700", "serial SN-1"), change(SERIAL, USER, "SN-1", "SN-9"), change(TELEGRAM, USER, "700", "701"),
                change(INN, USER, "", "78"))).isEmpty();
    }

    @Test
    void aClaimThatCameBackStaysAClaim() {
        JsonNode deal = deal(USER, "SN-1", "700", "77");
        assertThat(claims(deal, Set.of("telegram 700", "serial SN-1"), change(TELEGRAM, USER, "701", "700"), change(TELEGRAM, USER, "700", "701"),
                change(SERIAL, USER, "SN-2", "SN-1"), change(SERIAL, USER, "SN-1", "SN-2"))).contains("telegram 700", "serial SN-1");
        assertThat(claims(deal(ROBOT, "", "700", ""), null, change(TELEGRAM, USER, "701", "700"), change(TELEGRAM, USER, "700", "701")))
                .as("told by its first value only").containsExactly("telegram 700");
        assertThat(claims(deal(USER, "", "700", ""), null, change(TELEGRAM, USER, "", "700"), change(TELEGRAM, ROBOT, "", "700")))
                .as("a robot has said it first").containsExactly("telegram 700");
    }

    @Test
    void whatAFormHasToldOfTheSamePersonIsCarriedOnByACopyOrAMerge() {
        Told ofContact = new Told(false, Set.of("telegram 700"));
        JsonNode copy = deal(USER, "SN-1", "700", "");
        assertThat(FieldAuthors.claims(FIELDS, copy, List.of(), ofContact).values()).containsExactly("telegram 700");
        JsonNode merged = deal(USER, "SN-1", "700", "");
        assertThat(FieldAuthors.claims(FIELDS, merged, List.of(change(TELEGRAM, USER, "", "700")), ofContact).values()).containsExactly("telegram 700");
    }

    @Test
    void aUsersNumberBesideAClaimMakesOnlyItself() {
        assertThat(claims(deal(ROBOT, "SN-1, SN-2", "", ""), Set.of("serial SN-1"), change(SERIAL, USER, "SN-1", "SN-1, SN-2"))).containsExactly("serial SN-1");
    }

    @Test
    void whatTheLogDoesNotShowYetIsAClaim() {
        assertThat(claims(deal(USER, "", "702", ""), null, change(TELEGRAM, USER, "700", "701"))).containsExactly("telegram 702");
        assertThat(claims(deal(USER, "", "702", ""), null, change(TELEGRAM, ROBOT, "701", "702"), change(TELEGRAM, USER, "700", "701"))).containsExactly("telegram 702");
    }

    @Test
    void aDealThatNobodyHasAskedAboutProvesNothing() {
        assertThat(Claims.UNKNOWN.provesTelegram("700")).isFalse();
        assertThat(Claims.UNKNOWN.provesInn("77")).isFalse();
    }
}
