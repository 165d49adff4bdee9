package dev.amorelay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;

class GroupCommitTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<List<String>> commits = new CopyOnWriteArrayList<>();
    private GroupCommit<String, String> door;

    @AfterEach
    void close() {
        door.close();
    }

    private void open(Duration patience, int most, Function<List<String>, List<String>> store) {
        door = new GroupCommit<>("test", most, patience, items -> {
            List<String> results = store.apply(items);
            commits.add(List.copyOf(items));
            return results;
        });
    }

    private static List<String> answers(List<String> items) {
        return items.stream().map(item -> item + "!").toList();
    }

    private List<CompletableFuture<String>> storeAtOnce(int count) {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String item = "item " + i;
            CompletableFuture<String> answer = new CompletableFuture<>();
            new Thread(() -> {
                try {
                    answer.complete(door.store(item));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            }).start();
            answers.add(answer);
        }
        return answers;
    }

    @Test
    void aLoneRequestIsStoredByItself() {
        open(LONG, 10, GroupCommitTest::answers);
        assertThat(door.store("one")).isEqualTo("one!");
        assertThat(commits).containsExactly(List.of("one"));
    }

    @Test
    void whatArrivesWhileTheWritersAreBusySharesTheNextCommits() {
        CountDownLatch busy = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        open(LONG, 16, items -> {
            busy.countDown();
            awaitThat(go);
            return answers(items);
        });
        List<CompletableFuture<String>> answers = storeAtOnce(34);
        awaitThat(busy);
        await().until(() -> Thread.getAllStackTraces().values().stream()
                .filter(stack -> List.of(stack).stream().anyMatch(frame -> frame.getClassName().endsWith(".Place"))).count() == 32);
        go.countDown();
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).join()).isEqualTo("item " + i + "!");
        }
        assertThat(commits).allSatisfy(items -> assertThat(items.size()).isLessThanOrEqualTo(16));
        // the two that began, and the rest in as few commits as there is room for
        assertThat(commits.size()).isBetween(3, 5);
        assertThat(commits.stream().flatMap(List::stream)).hasSize(34).doesNotHaveDuplicates();
    }

    @Test
    void oneThatCannotBeStoredFailsNoOther() {
        CountDownLatch go = new CountDownLatch(1);
        open(LONG, 100, items -> {
            awaitThat(go);
            if (items.contains("item 7")) {
                throw new DataIntegrityViolationException("item 7");
            }
            return answers(items);
        });
        List<CompletableFuture<String>> answers = storeAtOnce(20);
        go.countDown();
        for (int i = 0; i < 20; i++) {
            CompletableFuture<String> answer = answers.get(i);
            if (i == 7) {
                assertThatThrownBy(answer::join).hasCauseInstanceOf(DataIntegrityViolationException.class);
            } else {
                assertThat(answer.join()).isEqualTo("item " + i + "!");
            }
        }
        assertThat(commits.stream().flatMap(List::stream)).hasSize(19).doesNotContain("item 7").doesNotHaveDuplicates();
    }

    @Test
    void aDatabaseOutOfReachIsNotAskedForEach() {
        open(LONG, 100, items -> {
            commits.add(List.copyOf(items));
            throw new DataAccessResourceFailureException("no connection");
        });
        assertThatThrownBy(() -> door.store("one")).isInstanceOf(DataAccessResourceFailureException.class);
        assertThat(commits).hasSize(1);
    }

    /** Two are stored on their own threads, for as long as the store lets them: those behind them need not wait for it. */
    private List<CompletableFuture<String>> storeBehindTwoThatHang(CountDownLatch go, int count) {
        CountDownLatch busy = new CountDownLatch(2);
        open(Duration.ofSeconds(1), 1, items -> {
            busy.countDown();
            awaitThat(go);
            return answers(items);
        });
        List<CompletableFuture<String>> hanging = storeAtOnce(2);
        awaitThat(busy);
        storeAtOnce(count).forEach(answer -> assertThatThrownBy(answer::join).hasCauseInstanceOf(QueryTimeoutException.class));
        assertThat(hanging).noneMatch(CompletableFuture::isDone);
        return hanging;
    }

    @Test
    void nobodyWaitsLongerThanTheDoorsPatience() {
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<String>> hanging = storeBehindTwoThatHang(go, 3);
        go.countDown();
        assertThat(hanging).extracting(CompletableFuture::join).containsExactly("item 0!", "item 1!");
        assertThat(door.store("later")).isEqualTo("later!");
        // the two that were under way, and none of those that were told in the queue
        await().untilAsserted(() -> assertThat(commits).hasSize(3));
    }

    @Test
    void whoComesAfterAnOverdueCommitIsToldSoonerUntilOneEndsWell() {
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<String>> hanging = storeBehindTwoThatHang(go, 1);
        assertThat(timeOf(() -> assertThatThrownBy(() -> door.store("next")).isInstanceOf(QueryTimeoutException.class)))
                .isLessThan(Duration.ofMillis(900));
        go.countDown();
        assertThat(hanging).extracting(CompletableFuture::join).hasSize(2);
        assertThat(door.store("later")).isEqualTo("later!");
    }

    private static Duration timeOf(Runnable step) {
        long begin = System.nanoTime();
        step.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void aClosedDoorStoresWhatItHasAndTakesNoMore() {
        open(LONG, 10, GroupCommitTest::answers);
        assertThat(door.store("one")).isEqualTo("one!");
        door.close();
        assertThat(timeOf(door::close)).as("closed once more").isLessThan(LONG);
        assertThatThrownBy(() -> door.store("two")).isInstanceOf(DataAccessResourceFailureException.class);
        assertThat(commits).containsExactly(List.of("one"));
    }

    private static void awaitThat(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that took its neighbours into its commit made each of them wait a hundred times as long. */
    @Test
    void whatIsLargeCommitsAloneAndNobodySmallWaitsForIt() {
        CountDownLatch large = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        door = new GroupCommit<>("test", 16, LONG, item -> item.startsWith("large"), items -> {
            commits.add(List.copyOf(items));
            if (items.get(0).startsWith("large")) {
                large.countDown();
                awaitThat(go);
            }
            return answers(items);
        });
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> door.store("large one"));
        awaitThat(large);
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> door.store("large two"));
        storeAtOnce(40).forEach(answer -> assertThat(answer.join()).endsWith("!"));
        assertThat(second).as("one large one at a time").isNotDone();
        assertThat(first).isNotDone();
        go.countDown();
        assertThat(first.join()).isEqualTo("large one!");
        assertThat(second.join()).isEqualTo("large two!");
        assertThat(commits).filteredOn(items -> items.stream().anyMatch(item -> item.startsWith("large"))).hasSize(2).allMatch(items -> items.size() == 1);
    }

    @Test
    void aLargeOneThatCannotHaveItsTurnIsToldSo() {
        CountDownLatch large = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        door = new GroupCommit<>("test", 16, Duration.ofMillis(50), item -> true, items -> {
            large.countDown();
            awaitThat(go);
            return answers(items);
        });
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> door.store("one"));
        awaitThat(large);
        assertThatThrownBy(() -> door.store("two")).isInstanceOf(QueryTimeoutException.class);
        go.countDown();
        assertThat(first.join()).isEqualTo("one!");
    }
}
