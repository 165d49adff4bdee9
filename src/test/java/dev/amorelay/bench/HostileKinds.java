package dev.amorelay.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/** What a stranger sends to stop the relay, each kind by its name. */
final class HostileKinds {

    private static final int SLOW = 230;
    private static final int SILENT = 8_300;

    private final int port;
    private final String key;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    /** One kind: sends its requests, each of which counts. */
    interface Kind {

        /** Sends the n-th request; with a wrong answer or none all is as it should be. */
        void send(long n) throws IOException;
    }

    /**
     * @param port of the relay, on this machine
     * @param key of its webhooks
     */
    HostileKinds(int port, String key) {
        this.port = port;
        this.key = key;
        // written means readable
        form("names", "x".repeat(60_000) + "=1&name=a");
        form("pairs", "a=&".repeat(60_000));
        form("brackets", "a" + "[b]".repeat(20_000) + "=1");
        json("depth", "{\"message\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}");
        json("digits", "{\"name\":\"a\",\"meta\":{\"total\":" + "9".repeat(200_000) + "}}");
        json("nothings", "{\"name\":\"a\\u0000\\ud800\",\"message\":\"" + "\\u0000".repeat(50_000) + "\"}");
        hook("hook-names", "leads[update][0][" + "x".repeat(60_000) + "]=1&leads[update][0][id]=1");
        hook("hook-entities", entities(20_000));
        hook("hook-depth", "leads[update][0][id]=1&leads[update][0]" + "[a]".repeat(10_000) + "=1");
        // a body costs no more than it should
        add("gzip", n -> packed("/ingest/leads", "application/json", n));
        add("hook-gzip", n -> packed("/webhook/amocrm/" + this.key, "application/x-www-form-urlencoded", n));
        add("hook-8mb", n -> post("/webhook/amocrm/" + this.key, "application/x-www-form-urlencoded", "", ("a[" + n + "]=" + "я".repeat(4_000_000)).getBytes(StandardCharsets.UTF_8)));
        add("lead-1mb", n -> post("/ingest/leads", "application/json", "", ("{\"name\":\"" + n + "\",\"message\":\"" + "a".repeat(1_000_000) + "\"}").getBytes(StandardCharsets.UTF_8)));
        add("too-long", n -> promise("/ingest/leads", 50_000_000, 0));
        add("parts", n -> post("/ingest/leads", "multipart/form-data; boundary=x", "", "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n".repeat(5_000).getBytes(StandardCharsets.UTF_8)));
        add("photos", n -> post("/api/service-requests/photos", "multipart/form-data; boundary=x", "Authorization: tma user=" + n + "\r\n", new byte[1_000_000]));
        // time and connections
        add("wrong-key", n -> promise("/webhook/amocrm/guess-" + n, 1_000_000, 0));
        add("slow-bodies", n -> slow("/ingest/leads", n));
        add("slow-hooks", n -> slow("/webhook/amocrm/" + this.key, n));
        add("slow-heads", n -> hold(SLOW, "POST /ingest/leads HTTP/1.1\r\nHost: x\r\nX-", n));
        add("silent", n -> hold(SILENT, "", n));
    }

    /** @return by name, in the order of the list above */
    Map<String, Kind> all() {
        return kinds;
    }

    private void add(String name, Kind kind) {
        kinds.put(name, kind);
    }

    private void form(String name, String body) {
        add(name, n -> post("/ingest/leads", "application/x-www-form-urlencoded", "", (body + "&n=" + n).getBytes(StandardCharsets.UTF_8)));
    }

    private void json(String name, String body) {
        add(name, n -> post("/ingest/leads", "application/json", "", body.getBytes(StandardCharsets.UTF_8)));
    }

    private void hook(String name, String body) {
        add(name, n -> post("/webhook/amocrm/" + key, "application/x-www-form-urlencoded", "", (body + "&leads[update][0][n]=" + n).getBytes(StandardCharsets.UTF_8)));
    }

    private static String entities(int count) {
        StringBuilder hook = new StringBuilder();
        for (int i = 0; i < count; i++) {
            hook.append("leads[update][").append(i).append("][id]=").append(900_000_000 + i).append('&');
        }
        return hook.toString();
    }

    private void packed(String path, String type, long n) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(("a" + n + "=").getBytes(StandardCharsets.UTF_8));
            byte[] pairs = "&a=".repeat(10_000).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 260; i++) {
                gzip.write(pairs);
            }
        }
        post(path, type, "Content-Encoding: gzip\r\n", packed.toByteArray());
    }

    private void post(String path, String type, String headers, byte[] body) throws IOException {
        try (Socket socket = open()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + type + "\r\n" + headers
                    + "Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            read(socket.getInputStream());
        }
    }

    /** Promises more than it sends, and waits for the answer. */
    private void promise(String path, int length, int sent) throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n"
                    + "a".repeat(sent)).getBytes(StandardCharsets.US_ASCII));
            read(socket.getInputStream());
        }
    }

    private void slow(String path, long n) throws IOException {
        hold(SLOW, "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\na", n);
    }

    private static final int EACH = 500;

    /** So many connections at once that have sent a beginning and send a byte now and then; counts as so many requests. */
    private void hold(int connections, String begin, long n) throws IOException {
        if (n % EACH != 0) {
            return;
        }
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                try {
                    Socket socket = open();
                    held.add(socket);
                    socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException refused) {
                    // as it should be
                }
            }
            for (int second = 0; second < 10; second++) {
                LockSupport.parkNanos(1_000_000_000L);
                for (Socket socket : begin.isEmpty() ? List.<Socket>of() : held) {
                    try {
                        socket.getOutputStream().write('a');
                    } catch (IOException ended) {
                        // as it should be
                    }
                }
            }
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void read(InputStream in) throws IOException {
        in.read(new byte[1024]);
    }
}
