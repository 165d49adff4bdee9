package dev.amorelay.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.settings.DoorSettings;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.coyote.AbstractProtocol;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.util.unit.DataSize;

/** The doors' server with a door that answers the length of what it read, and callers who are slow, silent, or many. */
@Timeout(120)
class DoorConnectionsTest {

    private static final int WAITING = 4;
    private static final int AT_ONCE = 8;
    private static final int OF_ONE_ADDRESS = 10;

    private final List<Socket> sockets = new ArrayList<>();
    private final CountDownLatch inside = new CountDownLatch(AT_ONCE);
    private final CountDownLatch hold = new CountDownLatch(1);
    private BodyReads reads;
    private ConnectionWatch watch;
    private TomcatWebServer server;

    /** Answers how many bytes it read; at {@code /unread} 404 without a look, at {@code /held} when the test says so. */
    private final class Door extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getRequestURI().equals("/held")) {
                inside.countDown();
                awaitThat(hold);
            }
            if (request.getRequestURI().equals("/unread")) {
                response.setStatus(404);
                return;
            }
            try {
                response.getWriter().print(request.getInputStream().readAllBytes().length);
            } catch (IOException e) {
                response.setStatus(400);
            }
        }
    }

    private static void awaitThat(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open(Duration headDeadline, Duration grace, int ofOneAddress) {
        DoorSettings settings = new DoorSettings(1, ofOneAddress, DataSize.ofBytes(0), headDeadline, grace, DataSize.ofKilobytes(16), Duration.ofMinutes(1));
        reads = new BodyReads(settings, WAITING);
        watch = new ConnectionWatch(settings, reads, address -> false);
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
        ConnectionConfiguration.guard(factory, watch, new DoorValve(watch, reads, AT_ONCE, "/health"::equals));
        server = (TomcatWebServer) factory.getWebServer(context -> context.addServlet("door", new Door()).addMapping("/*"));
        server.start();
    }

    @AfterEach
    void close() throws IOException {
        hold.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        watch.close();
        server.stop();
        server.destroy();
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.getPort());
        sockets.add(socket);
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String post(String path, int length, String begin) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n" + begin;
    }

    /** What comes until the other side closes, or the head and body of an answer that keeps the connection. */
    private static String all(Socket socket) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                all.write(next);
            }
        } catch (IOException reset) {
            // closed too
        }
        return all.toString(StandardCharsets.US_ASCII);
    }

    private String ask(String path) throws IOException {
        return all(send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc"));
    }

    /** Those that come slowly give way to whoever comes later, and need no threads that others want. */
    @Test
    void slowBodiesGiveWay() throws Exception {
        open(Duration.ofMinutes(1), Duration.ofMinutes(1), 1000);
        for (int i = 0; i < WAITING; i++) {
            send(post("/", 1000, "a"));
        }
        soon().until(() -> reads.size() == WAITING);
        for (int i = 0; i < 5; i++) {
            soon().until(() -> {
                Socket honest = send(post("/", 6, "abc"));
                Socket again = honest;
                Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
                try {
                    again.getOutputStream().write("def".getBytes(StandardCharsets.US_ASCII));
                    again.shutdownOutput();
                } catch (IOException refused) {
                    return false;
                }
                return all(honest).endsWith("6");
            });
        }
        assertThat(ask("/")).startsWith("HTTP/1.1 200").endsWith("3");
    }

    @Test
    void aBodyThatComesTooSlowlyEndsAndLeavesNothingBehind() throws Exception {
        open(Duration.ofMinutes(1), Duration.ofMillis(300), 1000);
        Socket slow = send(post("/", 100_000, "a"));
        String answer = all(slow);
        assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 408")).as(answer).isTrue();
        soon().until(() -> reads.size() == 0 && connections() == 0);
    }

    @Test
    void headsThatComeTooSlowlyEnd() throws Exception {
        open(Duration.ofMillis(300), Duration.ofMinutes(1), 1000);
        Socket slow = send("POST / HTTP/1.1\r\nHost: x\r\nX-A: ");
        soon().until(() -> {
            try {
                slow.getOutputStream().write('a');
                return false;
            } catch (IOException closed) {
                return true;
            }
        });
        soon().until(() -> connections() == 0);
    }

    @Test
    void silentConnectionsOfOneAddressGiveWay() throws Exception {
        open(Duration.ofMinutes(1), Duration.ofMinutes(1), OF_ONE_ADDRESS);
        Socket known = send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat((char) known.getInputStream().read()).isEqualTo('H');
        for (int i = 0; i < 5 * OF_ONE_ADDRESS; i++) {
            send("");
        }
        soon().until(() -> connections() <= OF_ONE_ADDRESS);
        assertThat(ask("/")).endsWith("3");
        known.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(all(known)).as("who has asked before stays").contains("HTTP/1.1 200");
    }

    /** Also with a wrong key: whoever is refused keeps no thread by what it does not send. */
    @Test
    void whatNobodyReadsIsNotWaitedFor() throws Exception {
        open(Duration.ofMinutes(1), Duration.ofMinutes(1), 1000);
        for (int i = 0; i < 3 * AT_ONCE; i++) {
            assertThat(all(send(post("/unread", 1_000_000, "a")))).startsWith("HTTP/1.1 404");
        }
        soon().until(() -> connections() == 0);
    }

    @Test
    void aRefusedBodyThatIsHereKeepsTheConnection() throws Exception {
        open(Duration.ofMinutes(1), Duration.ofMinutes(1), 1000);
        Socket socket = send(post("/unread", 3, "abc") + "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(all(socket)).startsWith("HTTP/1.1 404").contains("HTTP/1.1 200").endsWith("0");
    }

    @Test
    void moreThanAreServedAtOnceAreRefusedAndHealthIsNot() throws Exception {
        open(Duration.ofMinutes(1), Duration.ofMinutes(1), 1000);
        List<Socket> held = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            held.add(send("GET /held HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        }
        awaitThat(inside);
        assertThat(ask("/")).startsWith("HTTP/1.1 503").contains("Retry-After: 5");
        assertThat(all(send("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))).startsWith("HTTP/1.1 200");
        hold.countDown();
        held.forEach(socket -> assertThat(all(socket)).startsWith("HTTP/1.1 200"));
        assertThat(ask("/")).startsWith("HTTP/1.1 200");
    }

    /** The server counts the one that it is waiting for too. */
    private long connections() {
        return ((AbstractProtocol<?>) server.getTomcat().getConnector().getProtocolHandler()).getConnectionCount() - 1;
    }
}
