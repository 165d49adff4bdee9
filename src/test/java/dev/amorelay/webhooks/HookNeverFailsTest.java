package dev.amorelay.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random and mutated bodies against the readers without their nets: the seed is in every failure's text. */
class HookNeverFailsTest {

    private static final int ROUNDS = 20_000;
    private static final String[] PIECES = {"&", "=", "[", "]", "[]", "%5B", "%5D", "%", "%0", "%zz", "%00", "%ff", "+", "[0]",
        "[note]", "[999999999999999999]", "[99999999999999999999]", "[-1]", "[id]=", "leads", "[add]", "[delete]=1&", "account", "account[id]=",
        "talk", "unsorted", "outgoing_message[add]", "add[0]", "{", "}", "\"", ":", ",", "null", "1e999999999", "-0", "\\ud800", "\\u0000", "\ud83d\ude9c"};
    private static final String[] TYPES = {HookText.FORM, "application/json", null, "", "text/plain"};

    private final HookReader reader = new HookReader();
    private final RelayedEvent relayed = new RelayedEvent();

    @Test
    void everyBodyGivesEventsThatCanBeStored() {
        List<byte[]> seeds = new ArrayList<>();
        for (String sample : HookText.SAMPLES) {
            seeds.add(HookText.sample(sample));
            seeds.add(HookText.bytes(FormTree.of(HookText.sample(sample)).orElseThrow().toString()));
        }
        int understood = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            byte[] body = random.nextInt(5) == 0 ? bytes(random) : mutate(seeds.get(random.nextInt(seeds.size())), random);
            List<HookEvent> events = reader.understand(body, TYPES[random.nextInt(TYPES.length)]).events();
            assertThat(events).as("seed %d", seed).isNotEmpty();
            for (HookEvent event : events) {
                expectStorable(event, seed);
                understood += event.eventType().equals(HookEvent.UNPARSED) ? 0 : 1;
            }
        }
        // the mutations are mild enough that most bodies still say something
        assertThat(understood).isGreaterThan(ROUNDS / 2);
    }

    @Test
    void everyRelayedRequestGivesAnEventThatCanBeStored() {
        List<byte[]> seeds = new ArrayList<>();
        for (String sample : HookText.SAMPLES) {
            JsonNode body = FormTree.of(HookText.sample(sample)).orElseThrow();
            for (HookEvent event : reader.read(HookText.sample(sample), HookText.FORM)) {
                for (JsonNode payload : List.of(body, event.payload(), Json.MAPPER.nullNode())) {
                    seeds.add(HookText.bytes(Json.object().put("event_type", event.eventType())
                            .put("entity_type", event.entityType()).put("amocrm_entity_id", event.entityId())
                            .<ObjectNode>set("payload", payload)
                            .set("details", event.payload()).toString()));
                }
            }
        }
        int understood = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            byte[] body = random.nextInt(5) == 0 ? bytes(random) : mutate(seeds.get(random.nextInt(seeds.size())), random);
            HookEvent event = relayed.understand(body);
            expectStorable(event, seed);
            understood += event.eventType().equals(HookEvent.UNPARSED) ? 0 : 1;
        }
        assertThat(understood).isGreaterThan(ROUNDS / 20);
    }

    @Test
    void theOrderOfPairsDoesNotMatterToTheHash() {
        Random random = new Random(7);
        for (String sample : HookText.SAMPLES) {
            byte[] body = HookText.sample(sample);
            List<String> hashes = reader.read(body, HookText.FORM).stream().map(HookEvent::hash).toList();
            List<String> pairs = new ArrayList<>(List.of(new String(body, StandardCharsets.UTF_8).split("&")));
            for (int round = 0; round < 50; round++) {
                Collections.shuffle(pairs, random);
                assertThat(reader.read(HookText.bytes(String.join("&", pairs)), HookText.FORM))
                        .extracting(HookEvent::hash).isEqualTo(hashes);
            }
        }
    }

    private static void expectStorable(HookEvent event, int seed) {
        String payload = Json.write(event.payload());
        // assertions cost more than the reading; one for each round is enough
        boolean storable = Json.storable(payload).equals(payload) && !payload.replace("\\\\", "").contains("\\u0000")
                && event.eventType().length() <= 129 && event.hash().length() == 64
                && (event.entityId() == null || event.entityId().length() <= 255 && !event.entityId().isBlank());
        assertThat(storable).as("seed %d", seed).isTrue();
    }

    private static byte[] bytes(Random random) {
        byte[] body = new byte[random.nextInt(300)];
        random.nextBytes(body);
        return body;
    }

    private static byte[] mutate(byte[] sample, Random random) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(sample.length + 100);
        int from = random.nextInt(8) == 0 ? random.nextInt(sample.length) : 0;
        int to = random.nextInt(8) == 0 ? from + random.nextInt(sample.length - from) : sample.length;
        int every = 20 + random.nextInt(sample.length);
        for (int i = from; i < to; i++) {
            if (random.nextInt(every) > 0) {
                body.write(sample[i]);
            } else if (random.nextBoolean()) {
                body.writeBytes(HookText.bytes(PIECES[random.nextInt(PIECES.length)]));
            } else if (random.nextBoolean()) {
                body.write(random.nextInt(256));
            }
        }
        return body.toByteArray();
    }
}
