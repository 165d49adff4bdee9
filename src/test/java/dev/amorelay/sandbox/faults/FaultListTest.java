package dev.amorelay.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.amorelay.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultListTest {

    private enum Trouble { FIRE, FLOOD }

    private final FaultList<Trouble> faults = new FaultList<>(Trouble.class);

    @ParameterizedTest
    @CsvSource({"*, GET, leads, true", "PATCH, PATCH, leads/{id}, true", "PATCH, POST, leads, false",
        "POST leads, POST, leads, true", "POST leads, POST, leads/notes, false", "POST leads, GET, leads, false",
        "post leads*, POST, leads/notes, true", "leads/{id}, GET, leads/{id}, true", "* leads, PATCH, leads, true",
        "GET leads/{id}, GET, leads/{id}/notes, false", "sendMessage, POST, sendMessage, true",
        "zakaz@example.com, RCPT, zakaz@example.com, true", "*@example.com, RCPT, zakaz@example.org, false"})
    void meetsCallsInItsScopeOnly(String on, String method, String path, boolean met) {
        faults.add(Json.object().put("fault", "fire").put("on", on));

        assertThat(faults.draw(method, path, any -> true).isPresent()).isEqualTo(met);
    }

    @Test
    void takesItsShareInTheSameSequenceEveryTime() {
        faults.add(Json.object().put("fault", "fire").put("percent", 10).put("seed", 42));
        List<Boolean> first = thousand();
        faults.clear();
        faults.add(Json.object().put("fault", "fire").put("percent", 10).put("seed", 42));
        List<Boolean> second = thousand();
        faults.clear();
        faults.add(Json.object().put("fault", "fire").put("percent", 10).put("seed", 43));

        assertThat(first).isEqualTo(second).isNotEqualTo(thousand());
        assertThat(first.stream().filter(hit -> hit)).hasSizeBetween(70, 130);
    }

    @Test
    void endsAfterItsCountAndLeavesTheRestToOthers() {
        faults.add(Json.object().put("fault", "fire").put("count", 2));
        faults.add(Json.object().put("fault", "flood").put("on", "leads").put("ms", 5));

        assertThat(IntStream.range(0, 4).mapToObj(i -> faults.draw("GET", "leads", any -> true).orElseThrow().kind()))
                .containsExactly(Trouble.FIRE, Trouble.FIRE, Trouble.FLOOD, Trouble.FLOOD);
        assertThat(faults.draw("GET", "leads", fault -> fault.kind() == Trouble.FIRE)).isEmpty();
        assertThat(faults.view()).extracting(Object::toString).containsExactly(
                "{\"fault\":\"fire\",\"percent\":100.0,\"count\":2,\"on\":\"*\",\"seed\":1,\"seen\":5,\"hits\":2}",
                "{\"fault\":\"flood\",\"percent\":100.0,\"count\":0,\"on\":\"leads\",\"seed\":1,\"ms\":5,\"seen\":2,\"hits\":2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"fault\":\"frogs\"}", "{\"fault\":\"fire\",\"percent\":101}", "{\"fault\":\"fire\",\"percnt\":5}"})
    void refusesWishesItDoesNotUnderstand(String wish) {
        assertThatIllegalArgumentException().isThrownBy(() -> faults.add(Json.read(wish)));
        assertThat(faults.view()).isEmpty();
    }

    @Test
    void letsGoWhoIsHeldWhenItIsCleared() throws Exception {
        CompletableFuture<Void> held = CompletableFuture.runAsync(() -> faults.hold(Duration.ofMinutes(5)));
        CompletableFuture<Void> freed = CompletableFuture.runAsync(() -> {
            while (!held.isDone()) {
                faults.clear();
            }
        });

        held.get(10, TimeUnit.SECONDS);
        freed.get(10, TimeUnit.SECONDS);
        assertThat(held).isCompleted();
    }

    private List<Boolean> thousand() {
        return IntStream.range(0, 1000).mapToObj(i -> faults.draw("GET", "leads", any -> true).isPresent()).toList();
    }
}
