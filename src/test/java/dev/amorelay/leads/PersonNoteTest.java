package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What managers read of a person beside the contact: everything that was said and does not stand there. */
class PersonNoteTest {

    private static final JsonNode CONTACT = Json.read("""
            {"id":601,"name":"Раиса Полевая","custom_fields_values":[
              {"field_code":"PHONE","values":[{"value":"8 (912) 555-01-11"}]},
              {"field_code":"EMAIL","values":[{"value":"Old@Example.com"}]}]}""");

    @ParameterizedTest
    @ValueSource(strings = {"+7 (495) 555-01-07 доб. 214", "+7 495 555-01-07, доб. 12", "+74955550107#404812", "+7 495 555-01-07 ext. 12", "8 495 555-01-07 вн. 5",
        "tel:+7-495-555-01-07;ext=214", "+7 495 555-01-07 x214", "+7 495 555-01-07 , 214", "8 495 555-01-07 или 8-912-555-01-11",
        "+7 495 555-01-07, +7 912 555-01-11", "ватсап 8 495 555-01-07", "8 495 555-01-07 после 18:00"})
    void aPhoneThatSaysMoreThanANumber(String phone) {
        assertThat(Texts.notes(Samples.json(Json.write(Json.object().put("phone", phone)))))
                .containsExactly("☎️ КОНТАКТНЫЕ ДАННЫЕ:\nТелефон указан так: " + phone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+7 (495) 555-01-07", "8 495 555 01 07", "84955550107", "4955550107"})
    void aPlainPhoneStandsInTheContact(String phone) {
        assertThat(Texts.notes(Samples.json(Json.write(Json.object().put("phone", phone))))).isEmpty();
    }

    @Test
    void severalPhonesAndAddresses() {
        assertThat(Texts.notes(Samples.json("{\"phone\":[\"8 912 555-01-11\",\"8 913 555-01-12\"],\"email\":\"a@example.com; b@example.com\"}"))).containsExactly(
                "☎️ КОНТАКТНЫЕ ДАННЫЕ:\nEmail указан так: a@example.com; b@example.com", "📎 ДАННЫЕ ФОРМЫ:\nphone_2: 8 913 555-01-12");
    }

    /** As HTML forms send a field that stands in them twice: the first that can be read counts, all are told. */
    @Test
    void severalPhonesAndAddressesOfAForm() {
        Lead lead = Samples.form("phone=нет&phone=8 912 555-01-11&phone=8 913 555-01-12&email=a@@example&email=b@example.com&email=c@example.com");
        assertThat(lead.phoneE164()).isEqualTo("+79125550111");
        assertThat(lead.address()).isEqualTo("b@example.com");
        assertThat(lead.remarks()).isEmpty();
        assertThat(Texts.notes(lead)).containsExactly("📎 ДАННЫЕ ФОРМЫ:\nemail_2: a@@example\nemail_3: c@example.com\nphone_2: нет\nphone_3: 8 913 555-01-12");
        Lead unreadable = Samples.form("email=a@@example&email=b@@example");
        assertThat(unreadable.remarks()).anyMatch(remark -> remark.contains("Email не распознан"));
        assertThat(Texts.notes(unreadable).toString()).contains("a@@example", "b@@example");
    }

    @Test
    void severalInPartsOfAForm() {
        Lead lead = new LeadReader().read(PostedForm.of(Stream.of("a@example.com", "b@example.com").map(address -> new RawField(
                "email".getBytes(StandardCharsets.US_ASCII), address.getBytes(StandardCharsets.US_ASCII), null)).toList(), "multipart/form-data"));
        assertThat(lead.address()).isEqualTo("a@example.com");
        assertThat(Texts.notes(lead)).containsExactly("📎 ДАННЫЕ ФОРМЫ:\nemail_2: b@example.com");
    }

    @Test
    void aNameThatIsCutInTheDeal() {
        String name = "Очень " + "длинное ".repeat(40) + "имя";
        assertThat(Texts.notes(Samples.json("{\"phone\":\"89125550111\",\"name\":\"" + name + "\"}")))
                .containsExactly("☎️ КОНТАКТНЫЕ ДАННЫЕ:\nИмя полностью: " + name);
    }

    @Test
    void whatAKnownContactDoesNotHave() {
        Lead lead = linked("{\"name\":\"Раиса Полевая\",\"phone\":\"+79125550111\",\"email\":\"raisa.polevaya@example.com\"}", CONTACT);
        assertThat(Texts.notes(lead)).containsExactly("☎️ КОНТАКТНЫЕ ДАННЫЕ:\nКонтакт уже есть в CRM; в заявке указано также: email raisa.polevaya@example.com");
        Lead other = linked("{\"name\":\"Пётр\",\"phone\":\"+79125550112 доб. 3\",\"email\":\"OLD@example.com\"}", CONTACT);
        assertThat(Texts.notes(other)).containsExactly("☎️ КОНТАКТНЫЕ ДАННЫЕ:\nТелефон указан так: +79125550112 доб. 3\n"
                + "Контакт уже есть в CRM; в заявке указано также: имя Пётр, телефон +79125550112");
    }

    @ParameterizedTest
    @ValueSource(strings = {"раиса полевая", "Полевая Раиса", "Раиса", "Unknown User", "+7 912 555-01-11", ""})
    void theSamePersonSaysNothingNew(String name) {
        JsonNode lead = Json.object().put("name", name).put("phone", "8 912 555-01-11").put("email", "old@example.com");
        assertThat(ContactGaps.of(Samples.json(Json.write(lead)), CONTACT)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"null", "{}"})
    void ofAContactOfWhichOnlyThePhoneIsKnownTheAddressIsTold(String contact) {
        Lead lead = Samples.json("{\"name\":\"Раиса\",\"phone\":\"+79125550111\",\"email\":\"raisa@example.com\"}");
        assertThat(ContactGaps.of(lead, Json.read(contact))).isEqualTo(Json.read("{\"email\":\"raisa@example.com\"}"));
    }

    @Test
    void aContactMadeOfTheLeadHasEverything() {
        for (String file : List.of("site.json", "cart_order.json", "direct_api.json", "diagnostics_widget_null.json", "diagnostics_widget_full.json")) {
            Lead lead = Samples.lead(file);
            assertThat(ContactGaps.of(lead, new ContactCard().card(lead))).as(file).isNull();
        }
        Lead kept = Samples.json("{\"name\":\"Нино\",\"phone\":\"+7 555 123-45-67 доб. 3\"}");
        assertThat(ContactGaps.of(kept, new ContactCard().card(kept))).isNull();
        Lead refused = Samples.json("{\"name\":\"Нино\",\"email\":\"nino@example.com\"}");
        assertThat(ContactGaps.of(refused, new ContactCard().card(refused.withoutEmail()))).isEqualTo(Json.read("{\"email\":\"nino@example.com\"}"));
    }

    private static Lead linked(String json, JsonNode contact) {
        Lead lead = Samples.json(json);
        return new Lead(lead.id(), lead.source(), lead.name(), lead.phone(), lead.phoneE164(), lead.email(), lead.message(), lead.telegramId(),
                lead.price(), lead.meta(), lead.remarks(), ContactGaps.of(lead, contact));
    }
}
