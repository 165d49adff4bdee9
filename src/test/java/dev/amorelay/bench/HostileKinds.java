package dev.amorelay.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/**
 * What a stranger sends to stop the relay, each kind by its name. Bodies are made once, before anything is measured: their sender has
 * no processor of its own.
 */
final class HostileKinds {

    private static final int SLOW = 230;
    private static final int SILENT = 8_300;
    private static final int SENDERS = 16;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final String PARTS = "multipart/form-data; boundary=x";

    private final String leads = "/ingest/leads";
    private final String hooks;
    private final int port;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    /** Sends. */
    @FunctionalInterface
    interface Sending {

        /**
         * Sends the n-th request, or as many connections as count as so many requests.
         *
         * @return the status of the answer; 0 where there is none to be had
         */
        int send(long n) throws IOException;
    }

    /**
     * One kind.
     *
     * @param senders how many send at once
     * @param each how many requests one sending is
     * @param sending sends
     */
    record Kind(int senders, int each, Sending sending) {
    }

    /**
     * @param port of the relay, on this machine
     * @param key of its webhooks
     */
    HostileKinds(int port, String key) {
        this.port = port;
        this.hooks = "/webhook/amocrm/" + key;
        // written means readable
        post("names", leads, FORM, "x".repeat(60_000) + "=1&name=a&n=%d");
        post("pairs", leads, FORM, "a=&".repeat(60_000) + "n=%d");
        post("brackets", leads, FORM, "a" + "[b]".repeat(20_000) + "=1&n=%d");
        post("depth", leads, JSON, "{\"message\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}");
        post("digits", leads, JSON, "{\"name\":\"a\",\"meta\":{\"total\":" + "9".repeat(200_000) + "}}");
        post("nothings", leads, JSON, "{\"name\":\"a\\u0000\\ud800\",\"message\":\"" + "\\u0000".repeat(50_000) + "%d\"}");
        post("hook-names", hooks, FORM, "leads[update][0][" + "x".repeat(60_000) + "]=1&leads[update][0][id]=1&leads[update][0][n]=%d");
        post("hook-depth", hooks, FORM, "leads[update][0][id]=1&leads[update][0]" + "[a]".repeat(10_000) + "=1&leads[update][0][n]=%d");
        // a body costs no more than it should
        post("hook-entities", hooks, FORM, entities(20_000, "") + "leads[update][0][n]=%d");
        post("hook-500", hooks, FORM, entities(500, "[id]=1&leads[update][{}][n]={}&leads[update][{}]") + "x=%d");
        post("lead-1mb", leads, JSON, "{\"name\":\"%d\",\"message\":\"" + "a".repeat(1_000_000) + "\"}");
        post("hook-2mb", hooks, FORM, "a[%d]=" + "я".repeat(999_000));
        post("hook-8mb", hooks, FORM, "a[%d]=" + "я".repeat(4_000_000));
        packed("gzip-zeros", leads, JSON, "&a=".repeat(2_600_000));
        packed("hook-gzip-zeros", hooks, FORM, "&a=".repeat(2_600_000));
        packed("gzip", leads, JSON, noise(900_000));
        packed("hook-gzip", hooks, FORM, noise(1_900_000));
        add("too-long", n -> exchange(head(leads, "", 50_000_000)));
        post("parts", leads, PARTS, "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n".repeat(5_000));
        post("photos", "/api/service-requests/photos", PARTS + "\r\nAuthorization: tma user=1", "a".repeat(1_000_000));
        // time and connections
        add("login", n -> exchange(head("/console", "Content-Type: " + FORM + "\r\nOrigin: http://x\r\n", 8_000_000)));
        add("wrong-key", n -> exchange(head("/webhook/amocrm/guess-" + n, "", 1_000_000)));
        hold("slow-bodies", SLOW, head(leads, "", 100_000) + "a");
        hold("slow-hooks", SLOW, head(hooks, "", 100_000) + "a");
        hold("slow-large", SLOW, head(leads, "", 900_000) + "a".repeat(100_000));
        hold("slow-logins", SLOW, head("/console", "Content-Type: " + FORM + "\r\nOrigin: http://x\r\n", 8_000_000) + "a");
        hold("slow-heads", SLOW, "POST " + leads + " HTTP/1.1\r\nHost: x\r\nX-");
        hold("silent", SILENT, "");
    }

    /** @return by name, in the order of the list above */
    Map<String, Kind> all() {
        return kinds;
    }

    private void add(String name, Sending sending) {
        kinds.put(name, new Kind(SENDERS, 1, sending));
    }

    /** @param body with {@code %d} for its number, so that none is the repeat of another */
    private void post(String name, String path, String type, String body) {
        int at = body.indexOf("%d");
        byte[] before = bytes(at < 0 ? body : body.substring(0, at));
        byte[] after = bytes(at < 0 ? "" : body.substring(at + 2));
        add(name, n -> {
            byte[] number = bytes(at < 0 ? "" : String.valueOf(n));
            return exchange(head(path, "Content-Type: " + type + "\r\n", before.length + number.length + after.length), before, number, after);
        });
    }

    private void packed(String name, String path, String type, String body) {
        byte[] rest = gzip(body);
        add(name, n -> {
            byte[] begin = gzip("a" + n + "=");
            return exchange(head(path, "Content-Type: " + type + "\r\nContent-Encoding: gzip\r\n", begin.length + rest.length), begin, rest);
        });
    }

    private static String entities(int count, String fields) {
        StringBuilder hook = new StringBuilder();
        for (int i = 0; i < count; i++) {
            hook.append("leads[update][").append(i).append(']').append(fields.replace("{}", String.valueOf(i)))
                    .append("[id]=").append(fields.isEmpty() ? 900_000_000 + i : 1).append('&');
        }
        return hook.toString();
    }

    /** Shrinks to a twentieth, as no text does, and not to a thousandth, which is refused at a glance. */
    private static String noise(int length) {
        Random random = new Random(1);
        StringBuilder noise = new StringBuilder(length + 1100);
        while (noise.length() < length) {
            noise.append(Long.toHexString(random.nextLong())).append(Long.toHexString(random.nextLong())).append("a=&".repeat(200));
        }
        return noise.toString();
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String head(String path, String headers, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "Content-Length: " + length + "\r\n\r\n";
    }

    /** Sends a head and what there is of a body, and waits for the answer. */
    private int exchange(String head, byte[]... body) throws IOException {
        try (Socket socket = open()) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes(head));
            for (byte[] part : body) {
                out.write(part);
            }
            String line = new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
            return line.startsWith("HTTP/1.1 ") ? Integer.parseInt(line.substring("HTTP/1.1 ".length())) : 0;
        }
    }

    /** So many connections at once that have sent a beginning and send a byte now and then. */
    private void hold(String name, int connections, String begin) {
        byte[] beginning = bytes(begin);
        kinds.put(name, new Kind(2, connections, n -> {
            List<Socket> held = new ArrayList<>();
            try {
                for (int i = 0; i < connections; i++) {
                    try {
                        Socket socket = open();
                        held.add(socket);
                        socket.getOutputStream().write(beginning);
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
                return 0;
            } finally {
                for (Socket socket : held) {
                    socket.close();
                }
            }
        }));
    }

    private Socket open() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(30_000);
        return socket;
    }
}
