package dev.amorelay.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/**
 * Posts from a number of connections for a number of seconds. Closed: each connection posts again as soon as it is
 * answered; one thread serves them all, because the load shares two cores with what it measures. Open: posts are due by the clock, whatever becomes of those before, and a post's time counts from the moment
 * it was due, so that a door that stands still is not asked less.
 */
final class Load {

    private final int port;
    private final String path;
    private final String contentType;
    private final LongFunction<byte[]> bodies;
    private final AtomicLong next = new AtomicLong();

    /**
     * @param port of the door, on this machine
     * @param path of the door
     * @param contentType of the bodies
     * @param bodies the body of each number; never twice the same
     */
    Load(int port, String path, String contentType, LongFunction<byte[]> bodies) {
        this.port = port;
        this.path = path;
        this.contentType = contentType;
        this.bodies = bodies;
    }

    /**
     * What came of it.
     *
     * @param connections how many posted
     * @param perSecond posts answered with 2xx
     * @param refused posts answered otherwise
     * @param p50 median in ms
     * @param p99 in ms
     * @param p999 in ms
     */
    record Outcome(int connections, double perSecond, long refused, double p50, double p99, double p999) {

        @Override
        public String toString() {
            return "%d connections: %.0f/s, p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms%s".formatted(connections, perSecond, p50, p99, p999,
                    refused == 0 ? "" : ", " + refused + " refused");
        }
    }

    Outcome closed(int connections, int seconds) throws IOException {
        Histogram times = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        long refused = 0;
        try (Posters posters = new Posters(port, path, contentType, connections)) {
            for (int i = 0; i < connections; i++) {
                posters.post(i, bodies.apply(next.getAndIncrement()));
            }
            for (int under = connections; under > 0; ) {
                for (Posters.Answer answer : posters.answers()) {
                    times.recordValue(answer.nanos());
                    refused += answer.status() / 100 == 2 ? 0 : 1;
                    if (System.nanoTime() < end) {
                        posters.post(answer.connection(), bodies.apply(next.getAndIncrement()));
                    } else {
                        under--;
                    }
                }
            }
        }
        return outcome(connections, begin, times, refused);
    }

    Outcome open(int rate, int seconds) throws InterruptedException {
        int connections = 64;
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        AtomicLong due = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        List<Histogram> times = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Histogram own = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
            times.add(own);
            Thread thread = new Thread(() -> post(begin, end, rate, due, own, refused));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Histogram all = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        times.forEach(all::add);
        return outcome(connections, begin, all, refused.get());
    }

    private static Outcome outcome(int connections, long begin, Histogram times, long refused) {
        double took = (System.nanoTime() - begin) / 1e9;
        return new Outcome(connections, (times.getTotalCount() - refused) / took, refused, ms(times, 50), ms(times, 99), ms(times, 99.9));
    }

    private void post(long begin, long end, int rate, AtomicLong due, Histogram times, AtomicLong refused) {
        try (Poster poster = new Poster(port, path, contentType)) {
            while (true) {
                long from = begin + due.getAndIncrement() * 1_000_000_000L / rate;
                if (from >= end) {
                    return;
                }
                for (long wait = from - System.nanoTime(); wait > 0; wait = from - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                int status = poster.post(new String(bodies.apply(next.getAndIncrement()), StandardCharsets.UTF_8));
                times.recordValue(System.nanoTime() - from);
                if (status / 100 != 2) {
                    refused.incrementAndGet();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("a connection broke", e);
        }
    }

    private static double ms(Histogram times, double percent) {
        return times.getValueAtPercentile(percent) / 1e6;
    }
}
