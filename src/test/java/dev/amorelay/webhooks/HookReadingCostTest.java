package dev.amorelay.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a small hook may cost in memory, however it is made. */
class HookReadingCostTest {

    private static final long MOST_BYTES = 36L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final HookReader reader = new HookReader();

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("entities", form(2_500, i -> "leads[add][" + i + "][id]=" + i)),
                Arguments.of("one entity of many fields", form(4_000, i -> "leads[add][0][f" + i + "]=1")),
                Arguments.of("deep names", form(700, i -> "a" + "[b]".repeat(28) + "[" + i + "]=1")),
                Arguments.of("deep names apart", form(600, i -> "a[" + i + "]" + "[b]".repeat(29) + "=1")),
                Arguments.of("appended", form(5_000, i -> "leads[][]=1")),
                Arguments.of("one name", form(8_000, i -> "a[b]=1")),
                Arguments.of("groups", form(4_000, i -> "g" + i + "[add][0]=1")),
                Arguments.of("json", "[" + IntStream.range(0, 5_000).mapToObj(i -> "{\"a\":[]}").collect(Collectors.joining(",")) + "]"));
    }

    private static String form(int count, IntFunction<String> pair) {
        return IntStream.range(0, count).mapToObj(pair).collect(Collectors.joining("&"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aSmallHookIsReadInLittleMemory(String what, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String type = body.startsWith("[") ? "application/json" : "application/x-www-form-urlencoded";
        assertThat(reader.read(bytes, type)).isNotEmpty();
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        reader.read(bytes, type);
        long spent = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(spent).as("bytes for " + what + ", " + bytes.length).isLessThan(MOST_BYTES);
    }
}
