package dev.amorelay.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever body comes to the hooks' doors gives events that can be stored and read, and never falls. */
class HookFuzzTest {

    private final HookReader reader = new HookReader();
    private final RelayedHook relayed = new RelayedHook(new RelayedEvent(), reader);

    static Stream<byte[]> forms() {
        return Stream.concat(HookText.SAMPLES.stream().map(HookText::sample),
                Stream.of("add[0][text]=x&account[id]=5", "leads[delete]=1&leads[note][0][note][0][id]=2", "a[][b]=%zz&a[3]=%00&=").map(HookText::bytes));
    }

    static Stream<byte[]> json() {
        return Stream.concat(HookText.SAMPLES.stream().map(sample -> HookText.bytes(FormTree.of(HookText.sample(sample)).orElseThrow().toString())),
                Stream.of("{\"event_type\":\"lead.status\",\"amocrm_entity_id\":7,\"payload\":{\"id\":7},\"details\":[1e999]}",
                        "[{\"webhookUrl\":\"x\",\"body\":{\"leads[add][0][id]\":\"1\"}},{\"headers\":{},\"body\":\"leads[add][0][id]=2\"}]",
                        "{\"event_type\":\"note.add\",\"entity_type\":\"lead\",\"payload\":\"{\\\"id\\\":1}\"}").map(HookText::bytes));
    }

    private static void expectStorable(List<HookEvent> events) {
        assertThat(events).isNotEmpty().hasSizeLessThanOrEqualTo(2 * HookTree.MOST_EVENTS + 2);
        for (HookEvent event : events) {
            String text = StoredJson.write(event.payload());
            if (!event.eventType().equals(HookEvent.UNPARSED)) {
                assertThat(text.length()).isLessThan(7 * PayloadBound.LONGEST);
            }
            assertThat(Json.read(text).isObject()).isTrue();
            assertThat(event.hash()).hasSize(64);
            assertThat(event.eventType().length()).isLessThanOrEqualTo(129);
            assertThat(event.entityId() == null || event.entityId().length() <= 255 && !event.entityId().isBlank()).isTrue();
        }
    }

    @MethodSource("forms")
    @FuzzTest
    void aForm(byte[] body) {
        expectStorable(reader.understand(body, HookText.FORM).events());
    }

    @MethodSource("json")
    @FuzzTest
    void jsonOfAnyShape(byte[] body) {
        expectStorable(reader.understand(body, null).events());
        expectStorable(relayed.understand(body));
    }
}
