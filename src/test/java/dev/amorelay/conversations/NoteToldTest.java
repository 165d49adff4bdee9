package dev.amorelay.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoteToldTest {

    @Test
    void asAHookTellsIt() {
        NoteTold note = NoteTold.of(Json.read("""
                {"id":"951","note_type":"4","element_type":"2","element_id":"501","text":"Просил скидку","created_by":"0",
                 "date_create":"2025-05-26 17:11:09","created_at":"1748268669","updated_at":"1748268700"}"""));
        assertThat(note).isEqualTo(new NoteTold("lead", "501", "4", "Просил скидку", 0L, OffsetDateTime.parse("2025-05-26T14:11:09Z"),
                OffsetDateTime.parse("2025-05-26T14:11:40Z")));
        assertThat(note.deal()).isEqualTo("501");
        assertThat(note.contact()).isNull();
    }

    @Test
    void asAFlowBesideUsTellsItInTheWordsOfApiV4() {
        NoteTold note = NoteTold.of(Json.read("""
                {"id":951,"note_type":"common","entity_type":"contacts","entity_id":601,"params":{"text":"Перезвонить"},"created_at":1748268669}"""));
        assertThat(note.entityType()).isEqualTo("contact");
        assertThat(note.contact()).isEqualTo(601);
        assertThat(note.deal()).isNull();
        assertThat(note.text()).isEqualTo("Перезвонить");
        assertThat(note.author()).isNull();
        assertThat(note.updatedAt()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1,contact", "2,lead", "3,company", "12,customer", "99,other", "'',other"})
    void whatItHangsOn(String number, String entity) {
        assertThat(NoteTold.of(Json.object().put("element_type", number)).entityType()).isEqualTo(entity);
    }

    @Test
    void aTextThatIsAlsoAParentAndATypeThatIsNone() {
        NoteTold note = NoteTold.of(Json.read("{\"element_type\":\"1\",\"element_id\":\"x\",\"text\":{\"a\":1},\"created_at\":\"gestern\"}"));
        assertThat(note.text()).isNull();
        assertThat(note.contact()).isNull();
        assertThat(note.createdAt()).isNull();
    }
}
