package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.delivery.Effect;
import dev.amorelay.json.Json;
import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.Refused;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every connector, driven as a new flow would drive it, against the sandbox. */
class KameletsIT extends RunningRelay {

    private static final long FUNNEL = 10226282;

    @Autowired
    private ProducerTemplate template;

    private final String unique = UUID.randomUUID().toString();

    @AfterEach
    void removeTheFlowsOfTheTest() throws Exception {
        for (Route route : List.copyOf(camel.getRoutes())) {
            if (route.getId().startsWith("test.") || route.getId().matches("(in|out)box-take.*")) {
                camel.getRouteController().stopRoute(route.getId());
                camel.removeRoute(route.getId());
            }
        }
        camel.getRouteController().resumeRoute("webhooks.processing.sort");
    }

    private Object pass(String kamelet, Object body, Effect... effects) {
        Exchange exchange = template.send("kamelet:" + kamelet, one -> {
            one.getMessage().setBody(body);
            if (effects.length > 0) {
                one.setProperty(FailurePolicy.CLAIMED, Arrays.asList(effects));
            }
        });
        if (exchange.getException() != null) {
            throw new AssertionError(kamelet, exchange.getException());
        }
        return exchange.getMessage().getBody();
    }

    @SuppressWarnings("unchecked")
    private long created(String kamelet, ObjectNode body, Effect... effects) {
        return ((Map<String, Long>) pass(kamelet, body, effects)).values().iterator().next();
    }

    @SuppressWarnings("unchecked")
    private List<JsonNode> list(String kamelet, Object body) {
        return (List<JsonNode>) pass(kamelet, body);
    }

    private static Effect owed(boolean inDoubt) {
        return new Effect(1, 1, "crm.test", "default", "k", "s", Map.of(), inDoubt ? 2 : 1, 0, inDoubt);
    }

    private static List<Long> ids(List<JsonNode> entities) {
        return entities.stream().map(entity -> entity.path("id").asLong()).toList();
    }

    private ObjectNode person(String name) {
        ObjectNode person = Json.object().put("name", name);
        person.putArray("custom_fields_values").addObject().put("field_code", "PHONE").putArray("values").addObject()
                .put("value", "+7999" + String.format("%07d", Math.floorMod(unique.hashCode(), 10_000_000))).put("enum_code", "WORK");
        return person;
    }

    @Test
    void leads() {
        ObjectNode lead = Json.object().put("request_id", unique).put("name", "Заявка " + unique).put("price", 700).put("pipeline_id", FUNNEL);

        long id = created("amocrm-create-leads", lead, owed(false));

        // the answer got lost: the attempt is repeated, and finds the lead by its mark
        assertThat(created("amocrm-create-leads", lead, owed(true))).isEqualTo(id);
        assertThat(pass("amocrm-update-leads", "{\"id\": " + id + ", \"price\": 900}")).isEqualTo(List.of(id));
        assertThat(list("amocrm-read-leads", List.of(id))).singleElement().satisfies(read -> {
            assertThat(read.path("price").asLong()).isEqualTo(900);
            assertThat(read.path("name").asText()).isEqualTo("Заявка " + unique);
        });
        assertThat(ids(list("amocrm-find-leads", "Заявка " + unique))).containsExactly(id);
        move(id, FUNNEL, 142);
        soon().untilAsserted(() -> assertThat(pass("amocrm-read-stage-changes", List.of(id)).toString()).contains("stage=142"));
        assertThat(((Map<?, ?>) pass("amocrm-read-stages", null)).get(142L)).isEqualTo("Успешно реализовано");
        pass("amocrm-update-leads", "{\"id\": " + id + ", \"custom_fields_values\": [{\"field_id\": 712629, \"values\": [{\"value\": \"" + unique + "\"}]}]}");
        soon().untilAsserted(() -> assertThat(pass("amocrm-read-field-changes", List.of(id)).toString())
                .contains("lead=" + id + ", field=712629, author=0", "after=[" + unique + "]"));
    }

    @Test
    void contacts() {
        ObjectNode person = person("Иван " + unique);
        String phone = person.at("/custom_fields_values/0/values/0/value").asText();

        long id = created("amocrm-create-contacts", person, owed(false));

        assertThat(created("amocrm-create-contacts", person, owed(true))).isEqualTo(id);
        assertThat(ids(list("amocrm-find-contacts?by=phone", "8" + phone.substring(2)))).containsExactly(id);
        assertThat(list("amocrm-find-contacts?by=phone", "+7 999 000-00-00")).isEmpty();
        assertThat(pass("amocrm-update-contacts", Map.of("id", id, "name", "Пётр " + unique))).isEqualTo(List.of(id));
        assertThat(list("amocrm-read-contacts", List.of(id))).singleElement()
                .satisfies(read -> assertThat(read.path("name").asText()).isEqualTo("Пётр " + unique));
    }

    @Test
    void companies() {
        ObjectNode company = person("ООО " + unique);

        long id = created("amocrm-create-companies", company, owed(false));

        assertThat(created("amocrm-create-companies", company, owed(true))).isEqualTo(id);
        assertThat(ids(list("amocrm-find-companies", unique))).containsExactly(id);
        assertThat(pass("amocrm-update-companies", List.of(Map.of("id", id, "name", "АО " + unique)))).isEqualTo(List.of(id));
        assertThat(list("amocrm-read-companies", String.valueOf(id))).singleElement()
                .satisfies(read -> assertThat(read.path("name").asText()).isEqualTo("АО " + unique));
    }

    @Test
    void notesAndTasks() {
        long lead = created("amocrm-create-leads", Json.object().put("name", unique).put("pipeline_id", FUNNEL));
        ObjectNode note = Json.object().put("entity_id", lead).put("text", "Оплата получена");
        long noted = created("amocrm-create-notes", note, owed(false));
        assertThat(created("amocrm-create-notes", note, owed(true))).isEqualTo(noted);
        assertThat(ids(list("amocrm-read-notes", lead))).containsExactly(noted);
        assertThat(pass("amocrm-update-notes", "{\"id\": " + noted + ", \"text\": \"Оплата возвращена\"}")).isEqualTo(List.of(noted));
        assertThat(list("amocrm-read-notes", lead)).singleElement()
                .satisfies(read -> assertThat(read.path("params").path("text").asText()).isEqualTo("Оплата возвращена"));

        assertThat(ids(list("amocrm-find-notes?containing=ВОЗВРАЩЕНА", lead))).containsExactly(noted);
        assertThat(list("amocrm-find-notes?containing=нет такого", lead)).isEmpty();

        ObjectNode task = Json.object().put("text", "Позвоните").put("complete_till", 1_900_000_000L).put("entity_type", "leads").put("entity_id", lead);
        long given = created("amocrm-create-tasks", task, owed(false));
        assertThat(created("amocrm-create-tasks", task, owed(true))).isEqualTo(given);
        assertThat(ids(list("amocrm-find-tasks", lead))).containsExactly(given);
        pass("amocrm-update-tasks", "{\"id\": " + given + ", \"is_completed\": true, \"result\": {\"text\": \"Дозвонились\"}}");
        assertThat(list("amocrm-find-tasks", lead)).isEmpty();
        assertThat(ids(list("amocrm-find-tasks?open=false", lead))).containsExactly(given);
        assertThat(list("amocrm-read-tasks", given)).singleElement()
                .satisfies(read -> assertThat(read.path("is_completed").asBoolean()).isTrue());
    }

    /** The tasks that managers get, by their texts. */
    private List<String> told() {
        return jdbc.queryForList("SELECT payload ->> 'text' FROM outbox WHERE kind = 'crm.task' AND payload ->> 'text' LIKE ?", String.class,
                "%" + unique + "%");
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatHangsOnAnEntityThatIsGoneIsToldAndTakesNothingElseWithIt() {
        long lead = created("amocrm-create-leads", Json.object().put("name", unique).put("pipeline_id", FUNNEL));
        ObjectNode lost = Json.object().put("entity_id", 999_999_998).put("text", "Оплата " + unique);
        ObjectNode good = Json.object().put("entity_id", lead).put("text", "Оплата");

        for (int attempt = 0; attempt < 2; attempt++) {
            Map<String, Long> noted = (Map<String, Long>) pass("amocrm-create-notes", List.of(lost.deepCopy(), good.deepCopy()),
                    owed(attempt > 0));
            assertThat(noted).containsOnlyKeys("1");
        }
        assertThat(told()).singleElement().asString().contains("Сделки 999999998 в amoCRM больше нет", "Оплата " + unique);
        assertThat(list("amocrm-read-notes", lead)).hasSize(1);

        ObjectNode task = Json.object().put("text", "Позвоните " + unique).put("complete_till", 1_900_000_000L)
                .put("entity_type", "contacts").put("entity_id", 999_999_998);
        long given = created("amocrm-create-tasks", task, owed(false));
        assertThat(list("amocrm-read-tasks", given)).singleElement().satisfies(read -> assertThat(read.path("text").asText())
                .isEqualTo("Позвоните " + unique + "\n\nКонтакта 999999998 в amoCRM больше нет."));
        assertThat(told()).as("the task itself tells it").hasSize(1);

        ObjectNode linked = Json.object().put("request_id", unique).put("name", "Связь " + unique).put("pipeline_id", FUNNEL);
        linked.putObject("_embedded").putArray("contacts").addObject().put("id", 999_999_998);
        long made = created("amocrm-create-leads", linked.deepCopy(), owed(false));
        assertThat(created("amocrm-create-leads", linked.deepCopy(), owed(true))).isEqualTo(made);
        soon().untilAsserted(() -> assertThat(list("amocrm-read-notes", made)).singleElement().satisfies(note -> assertThat(
                note.path("params").path("text").asText()).contains("Контакт", "amoCRM не принимает")));

        assertThat(pass("amocrm-update-leads", "[{\"id\": 999999998, \"price\": 1}, {\"id\": " + made + ", \"price\": 2}]"))
                .isEqualTo(List.of(made));
        assertThat(pass("amocrm-update-contacts", "{\"id\": 999999998, \"name\": \"Нет\"}")).isEqualTo(List.of());
    }

    private static void refuse(String what, String path) {
        assertThat(postJson("/sandbox/api/faults", "{\"fault\":\"refused\",\"on\":\"POST " + what + "\",\"count\":1,\"path\":\"" + path
                + "\",\"code\":\"InvalidType\"}").statusCode()).isBetween(200, 299);
    }

    /** What a contact says wrongly costs that value, and a manager reads it; an attempt in doubt finds what went in without it. */
    @Test
    void aContactGoesInWithoutWhatIsRefusedOfIt() {
        ObjectNode contact = person("Пётр " + unique);
        contact.withArray("custom_fields_values").addObject().put("field_code", "EMAIL").putArray("values").addObject()
                .put("value", "не почта " + unique).put("enum_code", "WORK");
        refuse("contacts", "custom_fields_values.1.values.0.value");
        long id = created("amocrm-create-contacts", contact.deepCopy(), owed(false));
        refuse("contacts", "custom_fields_values.1.values.0.value");
        assertThat(created("amocrm-create-contacts", contact.deepCopy(), owed(true))).isEqualTo(id);

        assertThat(told()).singleElement().asString().contains("Пётр " + unique, "E-mail: не почта " + unique, "контакта");
        assertThat(list("amocrm-read-contacts", id)).singleElement().satisfies(read -> assertThat(read.toString())
                .contains("+7999").doesNotContain("не почта"));
    }

    @Test
    void aCompanyWhoseNameIsRefusedGoesInWithoutIt() {
        ObjectNode company = person("ООО " + unique);
        refuse("companies", "name");
        long id = created("amocrm-create-companies", company, owed(false));

        assertThat(told()).singleElement().asString().contains("Название: ООО " + unique);
        assertThat(list("amocrm-read-companies", id)).singleElement()
                .satisfies(read -> assertThat(read.path("name").asText()).isEqualTo("Без названия"));
    }

    @Test
    void aNoteThatIsTooLongGoesInParts() {
        long lead = created("amocrm-create-leads", Json.object().put("name", unique).put("pipeline_id", FUNNEL));
        String line = "строка ".repeat(100).strip() + "\n";
        pass("amocrm-create-notes", Json.object().put("entity_id", lead).put("text", line.repeat(60)), owed(false));
        assertThat(list("amocrm-read-notes", lead)).hasSize(3);
        assertThat(list("amocrm-read-notes", lead).stream()
                .mapToInt(note -> note.path("params").path("text").asText().split("\n").length).sum()).isEqualTo(60);
    }

    @Test
    void whatIsOwedTwiceIsSaidOnce() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:outbox-take?kind=telegram.test-said").routeId("test.said.send").routeConfigurationId("messages")
                        .setBody(simple("Заявка: ${body.payload[name]}")).to("kamelet:telegram-send");
                from("direct:test.said.owe").routeId("test.said.owe")
                        .to("kamelet:outbox-owe?kind=telegram.test-said&key=test-said:${body[id]}&subject=${body[id]}");
            }
        });
        long chat = 700_300_000L + Math.floorMod(unique.hashCode(), 100_000);
        for (int i = 0; i < 3; i++) {
            template.sendBody("direct:test.said.owe", Map.of("id", unique, "name", "Иван", "chat", chat));
        }
        soon().untilAsserted(() -> assertThat(outbox(unique)).singleElement().satisfies(effect -> assertThat(effect.get("status")).isEqualTo("done")));
        assertThat(chat(chat)).containsExactly("Заявка: Иван");
        // the admin can pause a kind that a connector takes, like any other
        assertThat(camel.getRoutes()).extracting(route -> route.getEndpoint().getEndpointUri()).anyMatch(uri -> uri.contains("telegram.test-said"));
    }

    @Test
    void workWaitsAndGivesUpAsTheFlowSays() throws Exception {
        expectDead("test.waiting");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:outbox-take?kind=test.waiting").routeId("test.waiting").routeConfigurationId("effects")
                        .to("kamelet:work-wait?until=${body.payload[at]}&reason=closed").to("kamelet:work-again?delays=1s,1s&reason=not there yet");
                from("direct:test.waiting.owe").routeId("test.waiting.owe")
                        .to("kamelet:outbox-owe?kind=test.waiting&key=test.waiting:${body[id]}&subject=${body[id]}&only=at");
            }
        });
        long tomorrow = Instant.now().plusSeconds(86_400).getEpochSecond();
        template.sendBody("direct:test.waiting.owe", Map.of("id", unique + "-later", "at", tomorrow));
        template.sendBody("direct:test.waiting.owe", Map.of("id", unique, "at", 1));
        soon().untilAsserted(() -> assertThat(outbox(unique)).singleElement().satisfies(effect -> {
            assertThat(effect.get("status")).isEqualTo("dead");
            assertThat(effect.get("last_error")).isEqualTo("not there yet: given up after 3 attempts");
        }));
        soon().untilAsserted(() -> assertThat(outbox(unique + "-later")).singleElement().satisfies(effect -> {
            assertThat(effect.get("last_error")).isEqualTo("closed");
            assertThat(jdbc.queryForObject("SELECT next_attempt_at FROM outbox WHERE subject_id = ?", Timestamp.class, unique + "-later").toInstant())
                    .isAfter(Instant.ofEpochSecond(tomorrow - 60));
        }));
    }

    /** A clock, a deal, or whatever a flow is about may say so. */
    @Test
    void aFlowPausesAKindAndLetsItGoOn() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:outbox-take?kind=test.paused").routeId("test.paused").routeConfigurationId("effects").log("${body.subject}");
                from("direct:test.paused.set").routeId("test.paused.set").to("kamelet:work-pause?kind=test.${body[kind]}&paused=${body[paused]}");
                from("direct:test.paused.owe").routeId("test.paused.owe").to("kamelet:outbox-owe?kind=test.paused&key=test.paused:${body}&payload=RAW({})");
            }
        });
        template.sendBody("direct:test.paused.set", Map.of("kind", "paused", "paused", true));
        template.sendBody("direct:test.paused.set", Map.of("kind", "paused", "paused", "true"));
        assertThat(jdbc.queryForList("SELECT kind FROM paused_kinds", String.class)).containsExactly("test.paused");
        template.sendBody("direct:test.paused.owe", unique);
        assertThat(outbox("test.paused:" + unique)).singleElement().satisfies(effect -> assertThat(effect.get("status")).isEqualTo("pending"));

        template.sendBody("direct:test.paused.set", Map.of("kind", "paused", "paused", false));
        soon().untilAsserted(() -> assertThat(outbox("test.paused:" + unique)).singleElement()
                .satisfies(effect -> assertThat(effect.get("status")).isEqualTo("done")));
        assertThatThrownBy(() -> template.sendBody("direct:test.paused.set", Map.of("kind", "nobody", "paused", true)))
                .hasRootCauseInstanceOf(Refused.class).hasStackTraceContaining("no route performs test.nobody");
        assertThat(jdbc.queryForList("SELECT kind FROM paused_kinds", String.class)).isEmpty();
    }

    @Test
    void mail() {
        pass("mail-send?to=orders@example.com&subject=Проба " + unique + "&messageId=<" + unique + "@amo-relay>", "Текст");
        soon().untilAsserted(() -> assertThat(StreamSupport.stream(sandbox().path("mails").spliterator(), false)
                .map(one -> one.path("subject").asText())).containsOnlyOnce("Проба " + unique));
    }

    @Test
    void eventsOfTheInbox() throws Exception {
        camel.getRouteController().suspendRoute("webhooks.processing.sort");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:inbox-take?batch=50").routeId("test.events.take")
                        .split(body()).filter(simple("${body.entityId} == '987654'")).to("mock:taken");
            }
        });
        assertThat(postForm("/webhook/amocrm", "task[update][0][id]=987654&task[update][0][text]=" + unique + "&account[id]=31000001").statusCode())
                .isEqualTo(204);
        soon().untilAsserted(() -> assertThat(jdbc.queryForList(
                "SELECT outcome FROM amocrm_webhook_events WHERE amocrm_entity_id = '987654' AND payload ->> 'text' = ?", String.class, unique))
                .containsExactly("done"));
    }

    @Test
    void whatCameFromTheCrmIsReadInExpressions() throws Exception {
        long lead = created("amocrm-create-leads", Json.object().put("name", unique).put("price", 1234).put("pipeline_id", FUNNEL));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:test.read.price").routeId("test.read.price").to("kamelet:amocrm-read-leads")
                        .setBody(simple("${body[0].get('price').asLong()} ${body[0].get('name').asText()}"));
            }
        });
        assertThat(template.requestBody("direct:test.read.price", lead, String.class)).isEqualTo("1234 " + unique);
    }

    @Test
    void theirRoutesAreNamedAndDescribed() {
        assertThat(camel.getRoutes()).extracting(Route::getId).contains("telegram-send", "mail-send", "amocrm-read-leads");
        assertThat(camel.getRoutes()).filteredOn(route -> route.getId().equals("mail-send"))
                .allMatch(route -> "Sends the body as a mail, a plain text or HTML.".equals(route.getDescription()));
    }
}
