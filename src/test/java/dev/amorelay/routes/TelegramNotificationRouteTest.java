package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.amorelay.clients.ClientJoined;
import dev.amorelay.delivery.Effect;
import dev.amorelay.json.Json;
import dev.amorelay.telegram.BotApiClient;
import dev.amorelay.telegram.Chats;
import dev.amorelay.telegram.MessageParts;
import dev.amorelay.work.Postponement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.component.telegram.TelegramComponent;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real Telegram component and client, against a server on this machine that answers as the Bot API does. */
class TelegramNotificationRouteTest extends RouteTest {

    private static final String SENT = """
            {"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":777000777,"type":"private"},"text":"x"}}""";
    private static final Map<String, Object> REGISTERED =
            Map.of("chat", 777000777L, "machine", "DMTG CKE6150", "serial", "SN-1");

    private final Chats chats = mock(Chats.class);
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer = SENT;

    @Override
    List<String> flows() {
        return List.of("telegram-notification");
    }

    @Override
    void bind(Registry beans) {
        beans.bind("chats", chats);
        doAnswer(call -> {
            outbox.skip(call.getArgument(0), "чат закрыт");
            return null;
        }).when(chats).close(any(), any());
        doAnswer(call -> call.getArgument(0)).when(chats).address(any());
        doAnswer(call -> {
            outbox.postpone(call.getArgument(0), new Postponement(Duration.ZERO, "held", false, false));
            return null;
        }).when(chats).hold(any(), any());
        beans.bind("clientJoined", new ClientJoined(null));
        beans.bind("messageParts", new MessageParts(null));
    }

    @Override
    void connect(CamelContext camel) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            paths.add(exchange.getRequestURI().getPath());
            requests.add(Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes()));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        TelegramComponent telegram = camel.getComponent("telegram", TelegramComponent.class);
        telegram.setClient(new BotApiClient());
        telegram.setAuthorizationToken("1:test");
        telegram.setBaseUri("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    protected void doPostTearDown() {
        server.stop(0);
    }

    private Effect registered() {
        Effect effect = outbox.effect("telegram.machine-registered", "SN-1", REGISTERED);
        outbox.await(effect);
        return effect;
    }

    @Test
    void theOwnerIsToldOfTheMachine() {
        registered();
        awaitSettled(outbox.settled, "1 done");
        assertThat(paths).containsExactly("/bot1:test/sendMessage");
        assertThat(requests.get(0).path("chat_id").asText()).isEqualTo("777000777");
        assertThat(requests.get(0).path("text").asText())
                .isEqualTo("Ваше оборудование зарегистрировано!\nDMTG CKE6150, серийный номер SN-1");
    }

    @Test
    void theOwnerIsToldOfTheMaintenance() {
        outbox.await(outbox.effect("telegram.maintenance-due", "SN-1",
                Map.of("chat", 777000777, "machine", "Станок", "serial", "SN-1", "date", "20.12.2026", "days", 30)));
        awaitSettled(outbox.settled, "1 done");
        assertThat(requests.get(0).path("chat_id").asText()).isEqualTo("777000777");
        assertThat(requests.get(0).path("text").asText()).isEqualTo(
                "Приближается плановое обслуживание: 20.12.2026, осталось дней: 30.\nСтанок, серийный номер SN-1");
    }

    @Test
    void aClosedChatIsMarkedAndLeftAlone() {
        status = 403;
        answer = "{\"ok\":false,\"error_code\":403,\"description\":\"Forbidden: bot was blocked by the user\"}";
        Effect effect = registered();
        awaitSettled(outbox.settled, "1 skipped");
        verify(chats, timeout(5000)).close(eq(effect), any());
        assertThat(requests).hasSize(1);
    }

    @Test
    void retryAfterIsObeyed() {
        status = 429;
        answer = "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests\",\"parameters\":{\"retry_after\":35}}";
        registered();
        awaitSettled(outbox.settled, "1 postponed");
        assertThat(outbox.settled.get(0).postponement().delay()).isEqualTo(Duration.ofSeconds(35));
        assertThat(outbox.settled.get(0).postponement().ownFault()).isFalse();
        verify(chats, never()).close(any(), any());
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 401})
    void trouble(int trouble) {
        status = trouble;
        answer = "{\"ok\":false,\"description\":\"trouble\"}";
        registered();
        awaitSettled(outbox.settled, "1 postponed");
        assertThat(outbox.settled.get(0).postponement().ownFault()).isFalse();
    }

    @Test
    void whatTelegramRefusesIsSetAside() {
        status = 400;
        answer = "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: message text is empty\"}";
        registered();
        awaitSettled(outbox.settled, "1 dead");
        assertThat(outbox.settled.get(0).detail()).isEqualTo("Telegram 400 Bad Request: message text is empty");
    }

    @Test
    void whileTelegramIsOutOfReachTheMessageWaits() {
        server.stop(0);
        registered();
        awaitSettled(outbox.settled, "1 postponed");
        assertThat(outbox.settled.get(0).detail()).isEqualTo("held");
        assertThat(outbox.settled.get(0).postponement().ownFault()).isFalse();
    }
}
