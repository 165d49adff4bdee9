package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a small body may cost in memory: many are read at the same time, and whoever sends them pays nothing. */
class LeadReadingCostTest {

    private static final long MOST_BYTES = 36L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final LeadReader reader = new LeadReader();

    private static String json(int count, IntFunction<String> one) {
        return IntStream.range(0, count).mapToObj(one).collect(Collectors.joining(","));
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("pairs", "{\"fields\":[" + json(1_000, i -> "{\"label\":\"Вопрос " + i + "\",\"value\":\"" + i + "\"}") + "]}"),
                Arguments.of("phones in pairs", "{\"fields\":[" + json(1_000, i -> "{\"label\":\"Телефон\",\"value\":\"+7912%07d\"}".formatted(i)) + "]}"),
                Arguments.of("answers of no name", "{\"fields\":[" + json(1_000, i -> "{\"label\":\"q" + i + "\",\"value\":\"a@b\"}") + "]}"),
                Arguments.of("keys", "{" + json(4_900, i -> "\"k" + i + "\":1") + "}"),
                Arguments.of("known keys", "{" + json(4_000, i -> "\"phone_" + i + "\":\"+7\"") + "}"),
                Arguments.of("long keys", "{" + json(300, i -> "\"" + "aB".repeat(90) + i + "\":1") + "}"),
                Arguments.of("keys in meta", "{\"phone\":\"+79120000000\",\"meta\":{" + json(4_900, i -> "\"k" + i + "\":1") + "}}"),
                Arguments.of("items", "{\"items\":[" + json(600, i -> "{\"name\":\"Станок " + i + "\",\"price\":\"1\",\"quantity\":1}") + "]}"),
                Arguments.of("nested", "{\"data\":".repeat(9) + "{" + json(4_000, i -> "\"k" + i + "\":1") + "}" + "}".repeat(9)),
                Arguments.of("labels of labels", "{\"fields\":[" + json(600, i -> "{\"label\":{\"label\":{\"ru\":\"T" + i + "\"}},\"name\":\"x\",\"title\":\"y\",\"value\":[1]}") + "]}"),
                Arguments.of("fields of a form", IntStream.range(0, 4_900).mapToObj(i -> "k" + i + "=1").collect(Collectors.joining("&"))),
                Arguments.of("steps of a form", IntStream.range(0, 800).mapToObj(i -> "m" + "[a]".repeat(18) + "[" + i + "]=1").collect(Collectors.joining("&"))),
                Arguments.of("lists of a form", IntStream.range(0, 4_900).mapToObj(i -> "items[][n]=1").collect(Collectors.joining("&"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aSmallBodyIsReadInLittleMemory(String what, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String type = body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded";
        read(bytes, type);
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        read(bytes, type);
        long spent = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(spent).as("bytes for " + what).isLessThan(MOST_BYTES);
    }

    private void read(byte[] body, String type) {
        try {
            assertThat(reader.read(body, type)).isNotNull();
        } catch (LeadRejected e) {
            assertThat(e).isNotNull(); // a refusal costs as much
        }
    }
}
