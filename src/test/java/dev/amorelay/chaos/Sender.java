package dev.amorelay.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The senders: a message arrives by the clock, whatever became of those before it, and is sent with the same body and
 * key until it gets a 2xx. Some are sent once more after that, as amoCRM does when it has lost the answer.
 */
final class Sender implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_ATTEMPTS = 150;
    private static final int REPEATED_PERCENT = 5;
    /** Fewer than the connections that a relay grants to one address; what is beyond waits for its turn. */
    private static final int MOST_IN_FLIGHT = 400;

    /** Its answers are waited for by the senders: on two cores each asynchronous one would start a thread of its own. */
    private final ExecutorService answering = Executors.newFixedThreadPool(4);
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).executor(answering).build();
    private final ExecutorService senders = Executors.newFixedThreadPool(MOST_IN_FLIGHT);
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final List<Node> relays;
    private final Map<String, Message> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Message> open = new ConcurrentHashMap<>();
    private final Collection<String> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final Answers answers = new Answers();
    private final Random dice = new Random(1);
    private ScheduledFuture<?> arrivals;

    /** @param relays take turns; a message that one did not acknowledge goes to the next */
    Sender(List<Node> relays) {
        this.relays = relays;
    }

    /** Lets messages arrive from now on. */
    void start(int aSecond, Supplier<Message> script) {
        arrivals = clock.scheduleAtFixedRate(() -> {
            Message message = script.get();
            open.put(message.token(), message);
            send(message, 1);
        }, 0, 1_000_000_000L / aSecond, TimeUnit.NANOSECONDS);
    }

    /** No further messages arrive; those that are open are still sent. */
    void stop() {
        if (!arrivals.cancel(false)) {
            throw new IllegalStateException("the stream had ended by itself");
        }
    }

    private void send(Message message, int attempt) {
        inTurn(() -> {
            long begin = System.nanoTime();
            HttpResponse<String> answer = null;
            Exception failure = null;
            try {
                answer = http.send(request(message), BodyHandlers.ofString());
            } catch (IOException e) {
                failure = e;
            }
            answers.count(answer, failure, Duration.ofNanos(System.nanoTime() - begin));
            settle(message, attempt, answer);
            return null;
        });
    }

    /** As soon as one of the senders is free. */
    private void inTurn(Callable<Void> work) {
        if (!senders.isShutdown()) {
            senders.submit(work);
        }
    }

    private HttpRequest request(Message message) {
        Node relay = relays.get(Math.floorMod(turns.getAndIncrement(), relays.size()));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(relay.door(message.path()))).timeout(PATIENCE)
                .POST(BodyPublishers.ofString(message.body()));
        message.headers().forEach(request::header);
        return request.build();
    }

    private void settle(Message message, int attempt, HttpResponse<String> answer) {
        int status = answer == null ? 0 : answer.statusCode();
        if (status / 100 == 2) {
            acknowledged.put(message.token(), message);
            open.remove(message.token());
            if (dice.nextInt(100) < REPEATED_PERCENT) {
                later(() -> inTurn(() -> {
                    http.send(request(message), BodyHandlers.discarding());
                    return null;
                }), 1 + dice.nextInt(10));
            }
        } else if (status / 100 == 4 || attempt == MOST_ATTEMPTS) {
            // no fault may make the relay refuse what it would take on another day
            refused.add(message.token() + ": " + status);
            open.remove(message.token());
        } else {
            later(() -> send(message, attempt + 1), Math.min(attempt, 5) * (0.7 + 0.6 * dice.nextDouble()));
        }
    }

    private void later(Runnable work, double seconds) {
        if (!clock.isShutdown()) {
            clock.schedule(work, Math.round(seconds * 1000), TimeUnit.MILLISECONDS);
        }
    }

    /** @return whether every message that has arrived is acknowledged or given up */
    boolean isSettled() {
        return open.isEmpty();
    }

    /** @return messages that got a 2xx */
    List<Message> acknowledged() {
        return new ArrayList<>(acknowledged.values());
    }

    /** @return messages that were given up, or answered 4xx, or are still open */
    List<String> unacknowledged() {
        List<String> all = new ArrayList<>(refused);
        open.keySet().forEach(token -> all.add(token + ": open"));
        return all;
    }

    Answers answers() {
        return answers;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        senders.shutdownNow();
        answering.shutdownNow();
    }
}
