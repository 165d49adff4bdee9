package dev.amorelay.sandbox.hooks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts what waits in the queue, one hook after another, as amoCRM does: an answer outside 100–299 or none within
 * 2 s is a failure and is repeated a few times (facts §6.6). A failure never reaches who changed the lead.
 */
public final class HookSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HookSender.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final int BATCH = 10;
    private static final Duration LEASE = ANSWER_WITHIN.multipliedBy(BATCH + 5L);
    private static final int REMEMBERED = 20;

    private final HookQueue queue;
    private final List<Duration> retries;
    private final BadAnswers bad;
    private final Consumer<String> switchOff;
    private final Semaphore news = new Semaphore(0);
    private final Deque<Sent> latest = new ArrayDeque<>();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_WITHIN).followRedirects(HttpClient.Redirect.NEVER).build();
    private final Thread worker;
    private volatile boolean open = true;

    /**
     * Not yet started.
     *
     * @param account whose webhooks these are
     * @param retries pauses before the second, third, … attempt
     * @param mostBad more bad answers than this within two hours, and the address is switched off
     * @param switchOff switches an address off
     */
    public HookSender(String account, HookQueue queue, List<Duration> retries, int mostBad, Consumer<String> switchOff) {
        this.queue = queue;
        this.retries = retries;
        this.bad = new BadAnswers(mostBad);
        this.switchOff = switchOff;
        this.worker = new Thread(this::work, "sandbox-hooks-" + account);
        worker.setDaemon(true);
    }

    /**
     * What became of an attempt.
     *
     * @param code the event code
     * @param status HTTP status; 0 = no answer
     * @param at unix milliseconds
     */
    public record Sent(String code, int status, long at) {
    }

    /** Begins to send. */
    public void start() {
        worker.start();
    }

    /** Tells that a commit has put hooks into the queue. */
    public void wake() {
        news.release();
    }

    /** @return the last attempts, newest first */
    public List<Sent> latest() {
        synchronized (latest) {
            return List.copyOf(latest);
        }
    }

    @Override
    public void close() {
        open = false;
        worker.interrupt();
    }

    private void work() {
        while (open) {
            try {
                List<HookQueue.Delivery> due = queue.claim(BATCH, LEASE);
                if (due.isEmpty()) {
                    news.tryAcquire(500, TimeUnit.MILLISECONDS);
                    news.drainPermits();
                }
                for (HookQueue.Delivery delivery : due) {
                    deliver(delivery);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                pauseAfter(e);
            }
        }
    }

    private void pauseAfter(RuntimeException e) {
        if (open) {
            LOG.warn("the sandbox cannot read its webhook queue: {}", e.getClass().getSimpleName());
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException interrupted) {
                open = false;
            }
        }
    }

    private void deliver(HookQueue.Delivery delivery) throws InterruptedException {
        int status = post(delivery);
        remember(new Sent(delivery.code(), status, System.currentTimeMillis()));
        if (status >= 100 && status < 300) {
            queue.settle(delivery.id());
        } else if (bad.isTooMany(delivery.destination(), Instant.now())) {
            LOG.warn("too many bad answers: the webhook is switched off");
            switchOff.accept(delivery.destination());
        } else if (delivery.attempts() < retries.size()) {
            queue.postpone(delivery.id(), retries.get(delivery.attempts()));
        } else {
            LOG.info("webhook {} was not taken (last status {}): given up", delivery.code(), status);
            queue.settle(delivery.id());
        }
    }

    private int post(HookQueue.Delivery delivery) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(delivery.destination())).timeout(ANSWER_WITHIN)
                    .header("content-type", "application/x-www-form-urlencoded")
                    .header("user-agent", "amoCRM-Webhooks/3.0")
                    .header("x-amocrm-requestid", UUID.randomUUID().toString())
                    .POST(HttpRequest.BodyPublishers.ofString(delivery.body())).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException | IllegalArgumentException e) {
            return 0;
        }
    }

    private void remember(Sent sent) {
        synchronized (latest) {
            latest.addFirst(sent);
            if (latest.size() > REMEMBERED) {
                latest.removeLast();
            }
        }
    }
}
