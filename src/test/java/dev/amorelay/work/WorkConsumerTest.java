package dev.amorelay.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.amorelay.work.MemoryTable.Settled;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How claimed rows reach a route, and what becomes of those that the route does not settle. */
class WorkConsumerTest {

    private final LeaseKeeper keeper = new LeaseKeeper();
    private final MemoryTable table = new MemoryTable(keeper);
    private final List<Object> bodies = new CopyOnWriteArrayList<>();
    private final DefaultCamelContext context = new DefaultCamelContext();

    private void run(String options, Work work) throws Exception {
        context.addComponent("work", new WorkComponent(table, keeper, new FailurePolicy(keeper), () -> List.of("default")));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("work:test?delay=20" + options).process(exchange -> {
                    bodies.add(exchange.getIn().getBody());
                    work.on(exchange);
                });
            }
        });
        context.start();
    }

    private interface Work {
        void on(Exchange exchange) throws Exception;
    }

    private void settled(String... outcomes) {
        await().untilAsserted(() -> assertThat(table.settled.stream()
                .map(settled -> settled.row() + " " + settled.outcome())).containsExactlyInAnyOrder(outcomes));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void oneExchangeARow() throws Exception {
        table.waiting.addAll(List.of(new Row(1), new Row(2)));
        run("", exchange -> assertThat(exchange.getProperty(FailurePolicy.CLAIMED))
                .isEqualTo(List.of(exchange.getIn().getBody())));
        settled("1 done", "2 done");
        assertThat(bodies).containsExactly(new Row(1), new Row(2));
        assertThat(keeper.holds(new Row(1))).isFalse();
    }

    @Test
    void aRowIsNotClaimedBeforeItsTurn() throws Exception {
        table.waiting.addAll(List.of(new Row(1), new Row(2)));
        List<Integer> left = new CopyOnWriteArrayList<>();
        run("", exchange -> left.add(table.waiting.size()));
        settled("1 done", "2 done");
        assertThat(left).containsExactly(1, 0);
    }

    @Test
    void aSecondWorkerJoinsWhileFullBatchesWait() throws Exception {
        table.waiting.addAll(List.of(new Row(1), new Row(2), new Row(3)));
        CountDownLatch both = new CountDownLatch(2);
        run("&batch=2&relief=true", exchange -> {
            both.countDown();
            assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
        });
        settled("1 done", "2 done", "3 done");
        assertThat(bodies).containsExactlyInAnyOrder(List.of(new Row(1), new Row(2)), List.of(new Row(3)));
    }

    @Test
    void fewRowsAreLeftToOneWorker() throws Exception {
        table.waiting.add(new Row(1));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        run("&batch=2&relief=true", exchange -> {
            begun.countDown();
            assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
        });
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        table.waiting.add(new Row(2));
        assertThat(table.waiting).as("the second worker is not called").hasSize(1);
        go.countDown();
        settled("1 done", "2 done");
        assertThat(bodies).containsExactly(List.of(new Row(1)), List.of(new Row(2)));
    }

    @Test
    void oneExchangeABatch() throws Exception {
        table.waiting.addAll(List.of(new Row(1), new Row(2), new Row(3)));
        run("&batch=2", exchange -> { });
        settled("1 done", "2 done", "3 done");
        assertThat(bodies).containsExactly(List.of(new Row(1), new Row(2)), List.of(new Row(3)));
    }

    @Test
    void whatTheRouteHasSettledStays() throws Exception {
        table.waiting.addAll(List.of(new Row(1), new Row(2)));
        run("&batch=2", exchange -> {
            table.bury(new Row(1), "no");
            throw new IllegalStateException("after the first");
        });
        settled("1 dead", "2 postponed");
    }

    @Test
    void unsettledFailuresGoToThePolicy() throws Exception {
        table.waiting.addAll(List.of(new Row(1), new Row(2)));
        run("", exchange -> {
            if (exchange.getIn().getBody(Row.class).id() == 1) {
                throw new Refused("no");
            }
        });
        settled("1 dead", "2 done");
    }

    /** The table gives ever fewer of them together. */
    @Test
    void overWhatWorkersDiedGoesAsItWasClaimed() throws Exception {
        List<Row> rows = List.of(new Row(1, 4, 3, 0, 2), new Row(2, 5, 3, 0, 2));
        table.waiting.addAll(rows);
        run("&batch=10", exchange -> { });
        settled("1 done", "2 done");
        assertThat(bodies).containsExactly(rows);
    }

    @Test
    void nothingGathersBehindWhatWorkersDiedOver() throws Exception {
        table.waiting.add(new Row(1, 4, 3, 0, 2));
        run("&batch=100&gather=600000&gatherMost=600000", exchange -> { });
        settled("1 done");
        table.waiting.add(new Row(2, 5, 3, 0, 2));
        settled("1 done", "2 done");
    }

    @Test
    void anErrorOfAClaimCostsNoWorkerItsLife() throws Exception {
        table.failing = new OutOfMemoryError("a row too long");
        run("&batch=10", exchange -> { });
        await().until(() -> table.failing == null);
        table.waiting.add(new Row(1));
        settled("1 done");
    }

    @Test
    void whatHasFailedBeforeGoesAlone() throws Exception {
        Row suspect = new Row(2, 5, 2, 1);
        table.waiting.addAll(List.of(new Row(1), suspect, new Row(3)));
        run("&batch=10", exchange -> {
            if (exchange.getIn().getBody(List.class).contains(suspect)) {
                throw new Refused("this one");
            }
        });
        settled("1 done", "2 dead", "3 done");
        assertThat(bodies).containsExactly(List.of(new Row(1), new Row(3)), List.of(suspect));
    }

    @Test
    void whatIsUnderWayFinishesWhileTheRestGoesBack() throws Exception {
        // claimed with the first, and gone alone after it
        table.waiting.addAll(List.of(new Row(1), new Row(2, 5, 2, 1)));
        CountDownLatch answer = new CountDownLatch(1);
        run("&batch=10", exchange -> answer.await());
        await().until(() -> bodies.size() == 1);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(context::stop);
        settled("2 postponed");
        answer.countDown();
        stopped.get(10, TimeUnit.SECONDS);

        settled("1 done", "2 postponed");
    }

    @Test
    void whatIsNotFinishedInTimeGoesBack() throws Exception {
        table.waiting.addAll(List.of(new Row(1), new Row(2, 5, 2, 1), new Row(3, 5, 2, 1)));
        CountDownLatch answer = new CountDownLatch(1);
        context.getShutdownStrategy().setTimeout(1);
        run("&batch=10", exchange -> {
            // as deaf to interruption as a read from a socket
            boolean answered = false;
            while (!answered) {
                try {
                    answered = answer.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    answered = false;
                }
            }
        });
        await().until(() -> bodies.size() == 1);

        context.stop();
        try {
            assertThat(table.settled).extracting(Settled::row).containsExactlyInAnyOrder(1L, 2L, 3L);
            assertThat(table.settled).allSatisfy(settled -> {
                boolean begun = settled.row() == 1;
                assertThat(settled.outcome()).isEqualTo("postponed");
                assertThat(settled.postponement().inDoubt()).isEqualTo(begun);
                assertThat(settled.postponement().ownFault()).isFalse();
                assertThat(settled.postponement().delay()).isEqualTo(begun ? Duration.ofSeconds(20) : Duration.ZERO);
            });
        } finally {
            answer.countDown();
        }
        assertThat(keeper.holds(new Row(1))).isFalse();
    }

    /** As an edit is tried: its routes are made and taken down, and never run. */
    @Test
    void whatNeverRanStops() throws Exception {
        run("", exchange -> { });
        Consumer tried = context.getEndpoint("work:test?delay=20").createConsumer(exchange -> { });
        tried.init();
        assertThatCode(tried::stop).doesNotThrowAnyException();
    }

    @Test
    void aStaleAttemptWritesNothing() throws Exception {
        table.waiting.add(new Row(1));
        run("", exchange -> table.taken.add(1L));
        await().until(() -> bodies.size() == 1 && !keeper.holds(new Row(1)));
        assertThat(table.settled).extracting(Settled::outcome).isEmpty();
    }
}
