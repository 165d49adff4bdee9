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
        return BotApiRefusal.of(status, told == null ? Json.object() : Json.read(told), 700100200);
    }

    @ParameterizedTest
    @CsvSource({"'{\"description\":\"Too Many Requests: retry after 35\",\"parameters\":{\"retry_after\":35}}',35", "{},1"})
    void tooFast(String told, long seconds) {
        assertThat(of(429, told)).isInstanceOfSatisfying(Later.class, later -> {
            assertThat(later.delay()).isEqualTo(Duration.ofSeconds(seconds));
            assertThat(later.inDoubt()).isFalse();
        });
    }

    /** What the Bot API has been seen to say, and what it means. */
    @ParameterizedTest
    @CsvSource({"403,Forbidden: bot was blocked by the user,BLOCKED", "403,Forbidden: user is deactivated,DEACTIVATED",
            "403,Forbidden: bot can't initiate conversation with a user,NEVER_STARTED", "400,Bad Request: chat not found,NEVER_STARTED",
            "400,Bad Request: PEER_ID_INVALID,UNKNOWN", "400,[Error]: PEER_ID_INVALID,UNKNOWN", "400,Bad Request: user not found,UNKNOWN",
            "400,Bad Request: chat_id is empty,UNKNOWN", "403,Forbidden: bot can't send messages to bots,UNKNOWN",
            "400,Bad Request: INPUT_USER_DEACTIVATED,DEACTIVATED", "403,Forbidden: bot was kicked from the supergroup chat,REMOVED",
            "403,Forbidden: bot is not a member of the channel chat,REMOVED", "403,Forbidden: the group chat was deleted,REMOVED",
            "400,Bad Request: not enough rights to send text messages to the chat,REMOVED",
            "400,Bad Request: need administrator rights in the channel chat,REMOVED", "403,Forbidden: something new,BLOCKED"})
    void closedChat(int status, String description, ChatClosed.Why why) {
        String told = Json.write(Json.object().put("ok", false).put("error_code", status).put("description", description));
        assertThat(of(status, told)).isInstanceOfSatisfying(ChatClosed.class, closed -> {
            assertThat(closed.why()).isEqualTo(why);
            assertThat(closed.chat()).isEqualTo(700100200);
        }).hasMessage("Telegram " + status + " " + description);
    }

    /** A page of somebody in between is nobody's word about a message or a chat. */
    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 401, 403, 404, 451})
    void anAnswerThatIsNotTelegrams(int status) {
        assertThat(of(status, "{}")).isInstanceOf(ForeignAnswer.class);
    }

    @Test
    void whoStandsBeforeTelegramHasNoAnswerEither() {
        assertThat(of(504, null)).isInstanceOf(SendUnknown.class);
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
    @ValueSource(ints = {302, 401, 404})
    void wrongTokenOrAddress(int status) {
        assertThat(of(status, "{\"description\":\"Not Found\"}"))
                .isInstanceOfSatisfying(Later.class, later -> assertThat(later.delay()).isEqualTo(Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void badMessage(int status) {
        assertThat(of(status, "{\"description\":\"Bad Request: message is too long\"}"))
                .isExactlyInstanceOf(Refused.class).hasMessage("Telegram " + status + " Bad Request: message is too long");
    }
}
