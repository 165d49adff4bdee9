package dev.amorelay.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Posts with wrk, a program in C as pgbench is: what measures shares two cores with what is measured. Debian has it as a
 * package of that name.
 */
final class Wrk {

    private static final Pattern TOLD = Pattern.compile("told (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

    private final int port;
    private final Path script;

    /**
     * @param port of the door, on this machine
     * @param path of the door
     * @param contentType of the bodies
     * @param before of each body what comes before its number
     * @param after what comes after it
     * @param first number of the first body
     */
    Wrk(int port, String path, String contentType, Path folder, String before, String after, long first) throws IOException {
        this.port = port;
        String text = """
                local number = %d
                local head = "POST %s HTTP/1.1\\r\\nHost: 127.0.0.1:%d\\r\\nContent-Type: %s\\r\\nContent-Length: "
                local before, after = [==[%s]==], [==[%s]==]
                local threads = 0
                function setup(thread)
                  thread:set("start", threads * 100000000000)
                  threads = threads + 1
                end
                function init()
                  number = number + start + os.time() * 1000000
                end
                function request()
                  number = number + 1
                  local body = before .. string.format("%%d", number) .. after
                  return head .. #body .. "\\r\\n\\r\\n" .. body
                end
                function done(summary, latency)
                  io.write(string.format("told %%d %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
                    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
                    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
                end
                """.formatted(first, path, port, contentType, before, after);
        this.script = Files.writeString(Files.createTempFile(folder, "posts", ".lua"), text);
    }

    /** Whether wrk is here. */
    static boolean isThere() {
        try {
            new ProcessBuilder("wrk", "--version").redirectErrorStream(true).start().getInputStream().readAllBytes();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Each connection posts again as soon as it is answered. */
    Load.Outcome closed(int connections, int seconds) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of("wrk", "-t", "1", "-c", String.valueOf(connections), "-d", seconds + "s", "-s", script.toString(),
                "http://127.0.0.1:" + port)).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher told = TOLD.matcher(said);
        if (process.waitFor() != 0 || !told.find()) {
            throw new IllegalStateException("wrk: " + said);
        }
        double took = Long.parseLong(told.group(2)) / 1e6;
        long refused = Long.parseLong(told.group(3));
        return new Load.Outcome(connections, (Long.parseLong(told.group(1)) - refused) / took, refused,
                Long.parseLong(told.group(4)) / 1e3, Long.parseLong(told.group(5)) / 1e3, Long.parseLong(told.group(6)) / 1e3);
    }
}
