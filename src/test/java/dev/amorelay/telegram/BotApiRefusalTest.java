package dev.amorelay.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import dev.amorelay.work.Later;
import dev.amorelay.work.Refused;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BotApiRefusalTest {

    private static RuntimeException of(int status, String told) {
        return BotApiRefusal.of(status, Json.read(told));
    }

    @ParameterizedTest
    @CsvSource({"'{\"description\":\"Too Many Requests: retry after 35\",\"parameters\":{\"retry_after\":35}}',35", "{},1"})
    void tooFast(String told, long seconds) {
        assertThat(of(429, told)).isInstanceOfSatisfying(Later.class, later -> {
            assertThat(later.delay()).isEqualTo(Duration.ofSeconds(seconds));
            assertThat(later.inDoubt()).isFalse();
        });
    }

    @Test
    void closedChat() {
        assertThat(of(403, "{\"ok\":false,\"error_code\":403,\"description\":\"Forbidden: bot was blocked by the user\"}"))
                .isInstanceOf(ChatClosed.class).hasMessage("Telegram 403 Forbidden: bot was blocked by the user");
    }

    @Test
    void aGroupThatMoved() {
        assertThat(of(400, "{\"description\":\"Bad Request: group chat was upgraded\",\"parameters\":{\"migrate_to_chat_id\":-100123}}"))
                .isInstanceOfSatisfying(ChatMoved.class, moved -> assertThat(moved.chat()).isEqualTo(-100123));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void down(int status) {
        assertThat(of(status, null)).isInstanceOfSatisfying(Later.class, later -> assertThat(later.delay()).isNull());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 401, 404})
    void wrongTokenOrAddress(int status) {
        assertThat(of(status, "{\"description\":\"Not Found\"}"))
                .isInstanceOfSatisfying(Later.class, later -> assertThat(later.delay()).isEqualTo(Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void badMessage(int status) {
        assertThat(of(status, "{\"description\":\"Bad Request: chat not found\"}"))
                .isExactlyInstanceOf(Refused.class).hasMessage("Telegram " + status + " Bad Request: chat not found");
    }
}
