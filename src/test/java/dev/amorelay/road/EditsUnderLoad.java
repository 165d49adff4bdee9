package dev.amorelay.road;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Leads and hooks come in at a steady pace while the routes behind both doors are edited at random, half of the edits broken. */
final class EditsUnderLoad implements AutoCloseable {

    private static final long EVERY_MILLIS = 20;
    /** The last step of the webhook's door. */
    private static final String REJECTED = "                uri: direct:doors.answer.rejected\n";
    private static final String NOTHING = "        - setBody:\n            id: empty-hook-answer\n            expression:\n              simple:\n                expression: ${null}";

    private final EditedRelay edited;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger starved = new AtomicInteger();
    private final AtomicLong slowest = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Long> effective = new ArrayList<>();
    private final Random random;

    /**
     * Begins with the load.
     *
     * @param rate requests a second, on both doors together
     */
    EditsUnderLoad(EditedRelay edited, int rate, long seed) {
        this.edited = edited;
        this.random = new Random(seed);
        long each = Math.max(1, rate * EVERY_MILLIS / 1000);
        pace.scheduleAtFixedRate(() -> {
            for (int i = 0; i < each; i++) {
                sendOne();
            }
        }, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sendOne() {
        int number = sent.incrementAndGet();
        boolean lead = number % 2 == 0;
        HttpRequest request = lead
                ? post("/api/ingest/leads", "application/json", "{\"source\":\"site\",\"name\":\"Нагрузка\",\"phone\":\"+7999"
                        + (1000000 + random.nextInt(100)) + "\",\"message\":\"" + UUID.randomUUID() + "\"}")
                : post("/webhook/amocrm", "application/x-www-form-urlencoded", "leads[update][0][id]=" + (500_000 + number)
                        + "&leads[update][0][updated_at]=1900000000&account[id]=31000001");
        long begin = System.nanoTime();
        http.sendAsync(request, BodyHandlers.ofString()).whenComplete((answer, failure) -> {
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            slowest.accumulateAndGet(took, Math::max);
            if (failure != null) {
                failures.add(request.uri().getPath() + " " + failure);
            } else if (answer.statusCode() == 503 && Machine.isStarved()) {
                // a door that could not store in time says so, and at once for a moment more, whether anybody edits or not
                starved.incrementAndGet();
            } else if (answer.statusCode() != (lead ? 200 : 204)) {
                failures.add(request.uri().getPath() + " " + answer.statusCode() + " after " + took + " ms");
            }
            answered.incrementAndGet();
        });
    }

    private HttpRequest post(String path, String type, String body) {
        return HttpRequest.newBuilder(URI.create(edited.relay.url(path))).header("Content-Type", type).timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(body)).build();
    }

    private HttpResponse<String> ask(HttpRequest request) throws Exception {
        return http.send(request, BodyHandlers.ofString());
    }

    /** Edits so many times, good and broken in turn by chance. */
    void edit(int times) throws Exception {
        List<Boolean> good = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            good.add(i % 2 == 0);
        }
        Collections.shuffle(good, random);
        Change running = null;
        for (int i = 0; i < times; i++) {
            Change change = good.get(i) ? goodOne(i) : broken(running == null ? new Change("nothing", new TreeMap<>(), () -> true) : running, i);
            double before = edited.edits(good.get(i) ? "taken" : "refused");
            edited.replaceBy(change.files());
            long begin = System.nanoTime();
            if (good.get(i)) {
                EditedRelay.soon().alias(change.name()).pollInterval(Duration.ofMillis(20)).until(() -> change.inEffect().call());
                effective.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
                running = change;
            } else {
                EditedRelay.ready().until(() -> edited.edits("refused") == before + 1);
                Change still = running;
                if (still != null && !still.inEffect().call()) {
                    throw new AssertionError("a broken edit (" + change.name() + ") has changed what runs: " + still.name());
                }
            }
        }
    }

    private Change goodOne(int number) {
        String mark = "edit" + number;
        switch (random.nextInt(5)) {
            case 0:
                return change("lead door " + mark, "lead-ingest.camel.yaml", "\"status\":\"ok\"", "\"status\":\"ok\",\"edit\":\"" + mark + "\"",
                        () -> ask(post("/api/ingest/leads", "application/json", "{\"message\":\"" + UUID.randomUUID() + "\"}")).body().contains("\"" + mark + "\""));
            case 1:
                return change("webhook door " + mark, "webhook-receive.camel.yaml", NOTHING,
                        "        - setHeader:\n            name: Location\n            constant: /" + mark + "\n" + NOTHING,
                        () -> ask(post("/webhook/amocrm", "application/x-www-form-urlencoded", "leads[update][0][id]=1&account[id]=31000001"))
                                .headers().firstValue("Location").orElse("").endsWith(mark));
            case 2:
                return change("policy of all doors " + mark, "errors/doors.camel.yaml", REJECTED,
                        REJECTED + "            - setHeader:\n                name: Content-Type\n                constant: application/problem+json;edit=" + mark + "\n",
                        () -> ask(post("/ingest/leads", "application/json", "{}")).headers().firstValue("Content-Type").orElse("").contains(mark));
            case 3:
                Change door = new Change("a new door " + mark, new TreeMap<>(), () -> ask(HttpRequest.newBuilder(
                        URI.create(edited.relay.url("/ingest/" + mark))).build()).body().equals(mark));
                door.files().put(mark + ".camel.yaml", "- route:\n    id: leads." + mark + ".door\n    description: Says which edit this is\n    from:\n"
                        + "      uri: platform-http:/ingest/" + mark + "\n      steps:\n        - removeHeaders:\n            pattern: \"*\"\n"
                        + "        - setBody:\n            constant: " + mark + "\n");
                return door;
            default:
                return change("a connector " + mark, "kamelets/amocrm-create-leads.kamelet.yaml", "id: crm-create-leads\n", "id: " + mark + "\n",
                        () -> mark.equals(edited.firstStep("amocrm-create-leads")));
        }
    }

    private Change change(String name, String file, String from, String to, Check inEffect) {
        String text = edited.text(file);
        if (!text.contains(from)) {
            throw new AssertionError(file + " does not contain " + from);
        }
        Change change = new Change(name, new TreeMap<>(), inEffect);
        change.files().put(file, text.replace(from, to));
        return change;
    }

    /** What runs, with a mistake in one of the files. */
    private Change broken(Change running, int number) {
        List<String[]> mistakes = List.of(
                new String[] {"lead-ingest.camel.yaml", "- bean:", "- baen:"}, new String[] {"lead-ingest.camel.yaml", "ref: leadDoor", "ref: leadDor"},
                new String[] {"webhook-receive.camel.yaml", "ref: webhookKey", "ref: webhookKy"}, new String[] {"webhook-receive.camel.yaml", "steps:", "steps: ["},
                new String[] {"errors/doors.camel.yaml", "direct:doors.answer.unavailable", "direct:doors.answer.not"},
                new String[] {"kamelets/mail-send.kamelet.yaml", "{{relay.mail.from}}", "{{relay.mail.form}}"}, new String[] {"lead/sources.yaml", "notes: [", "note: ["},
                new String[] {"lead/note-cart.ftl", "<#list cart.items as item>", "<#list cart.item as item>"},
                new String[] {"health.camel.yaml", "id: health.check.answer", "id: leads.ingest.door"},
                new String[] {"kamelets/mail-send.kamelet.yaml", "contentType:", "contenttype:"},
                new String[] {"deal-sync.camel.yaml", "kamelet:amocrm-read-leads", "kamelet:amocrm-read-deals"});
        String[] mistake = mistakes.get(random.nextInt(mistakes.size()));
        Change change = new Change(mistake[0] + ": " + mistake[2], new TreeMap<>(running.files()), () -> false);
        String text = change.files().getOrDefault(mistake[0], edited.text(mistake[0]));
        if (!text.contains(mistake[1])) {
            throw new AssertionError(mistake[0] + " does not contain " + mistake[1]);
        }
        // no two broken editions are the same
        change.files().put(mistake[0], text.replaceFirst(Pattern.quote(mistake[1]), mistake[2].replace("$", "\\$"))
                + "# " + number + "\n");
        return change;
    }

    /** Ends the load, and waits for what is under way. */
    void end() {
        pace.shutdown();
        EditedRelay.ready().until(() -> answered.get() == sent.get());
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    int sent() {
        return sent.get();
    }

    String told() {
        Collections.sort(effective);
        return String.format("edits: %d requests, %d failed, %d refused by a starved machine, slowest %d ms; %d good edits in effect after %d ms (median), %d ms (slowest)",
                sent.get(), failures.size(), starved.get(), slowest.get(), effective.size(), effective.get(effective.size() / 2), effective.get(effective.size() - 1));
    }

    @Override
    public void close() {
        pace.shutdownNow();
    }

    /** Whether an edit is in effect. */
    private interface Check {

        boolean call() throws Exception;
    }

    private record Change(String name, TreeMap<String, String> files, Check inEffect) {
    }
}
