package dev.amorelay.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.amorelay.json.Json;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.telegram.TelegramComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Messages that are sent at once arrive each by itself, in the chat that it is for. */
class SeparateSendsTest {

    private static final int MESSAGES = 400;

    @Test
    void messagesDoNotMix() throws Exception {
        Queue<String> arrived = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        server.setExecutor(threads);
        server.createContext("/", call -> {
            var told = Json.read(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            arrived.add(told.path("chat_id").asText() + " " + told.path("text").asText());
            byte[] answer = "{\"ok\":true,\"result\":{\"message_id\":1}}".getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, answer.length);
            call.getResponseBody().write(answer);
            call.close();
        });
        server.start();
        ExecutorService senders = Executors.newFixedThreadPool(8);
        try (CamelContext context = new DefaultCamelContext()) {
            TelegramComponent telegram = new TelegramComponent();
            telegram.setBaseUri("http://127.0.0.1:" + server.getAddress().getPort());
            telegram.setAuthorizationToken("1:token");
            telegram.setClient(new BotApiClient());
            context.addComponent("telegram", telegram);
            TelegramConfiguration.separate(context);
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            List<Callable<Object>> sends = new ArrayList<>();
            IntStream.range(0, MESSAGES).forEach(i -> sends.add(() -> template.requestBodyAndHeader("telegram:bots", "текст " + i,
                    "CamelTelegramChatId", String.valueOf(1000 + i))));
            for (Future<Object> sent : senders.invokeAll(sends)) {
                sent.get();
            }
        } finally {
            senders.shutdownNow();
            server.stop(0);
            threads.shutdownNow();
        }

        assertThat(arrived).containsExactlyInAnyOrderElementsOf(IntStream.range(0, MESSAGES).mapToObj(i -> (1000 + i) + " текст " + i).toList());
    }
}
