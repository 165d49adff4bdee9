package dev.amorelay.flowtests;

import dev.amorelay.workshop.Edition;
import dev.amorelay.workshop.Finding;
import dev.amorelay.workshop.FlowTestRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Plays tests in a second relay of this process. It is started for the first edit and kept: the next edition is put into it as an edit is
 * into the real one, in a moment.
 */
public final class WarmTestRunner implements FlowTestRunner {

    private static final int MOST_FAILED = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PATIENCE_AT_END = 10;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(WarmTestRunner::quiet);
    private volatile CompletableFuture<Report> playing = new CompletableFuture<>();
    private volatile boolean closed;
    private @Nullable Path folder;
    private @Nullable RelayUnderTest relay;
    private @Nullable Stage stage;
    private @Nullable Edition there;

    /** For {@link java.util.ServiceLoader}. */
    public WarmTestRunner() {
        // starts with the first tests
    }

    @Override
    public Report play(Class<?> application, Edition edition, List<String> files, Duration most) {
        CompletableFuture<Report> report = new CompletableFuture<>();
        playing = report;
        thread.execute(() -> {
            try {
                report.complete(played(application, edition, files, most));
            } catch (RuntimeException | IOException e) {
                end();
                report.completeExceptionally(e);
            }
        });
        try {
            return report.join();
        } catch (CancellationException e) {
            throw new IllegalStateException("the relay stops", e);
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Report played(Class<?> application, Edition edition, List<String> files, Duration most) throws IOException {
        prepare(application, edition);
        List<Finding> failed = new ArrayList<>();
        List<FlowTest> tests = new ArrayList<>();
        for (String file : files) {
            TestReader reader = new TestReader();
            tests.addAll(reader.read(file, edition.tests().getOrDefault(file, "")));
            reader.wrong().forEach(bad -> failed.add(finding(bad.place(), "this test cannot be understood: " + bad.getMessage())));
        }
        long begin = System.nanoTime();
        int played = 0;
        for (FlowTest test : tests) {
            if (closed || failed.size() >= MOST_FAILED || played > 0 && System.nanoTime() - begin > most.toNanos()) {
                break;
            }
            Result result = stage.play(test);
            played++;
            if (!result.passed()) {
                failed.add(finding(test.place(), "the test «" + test.name() + "» fails with this edit: " + told(result.problems())));
            }
        }
        return new Report(played, tests.size() - played, List.copyOf(failed));
    }

    private void prepare(Class<?> application, Edition edition) throws IOException {
        if (relay != null && !put(edition)) {
            end();
        }
        if (relay == null) {
            folder = Files.createTempDirectory("amo-relay-tested-routes");
            write(edition);
            relay = RelayUnderTest.beside(application, folder);
        }
        there = edition;
        // looks anew at shapes and clocks
        stage = new Stage(relay);
    }

    private boolean put(Edition edition) throws IOException {
        write(edition);
        Edition before = there;
        return Patience.until(PATIENCE, () -> relay.editor().put(before, edition).isEmpty());
    }

    private void write(Edition edition) throws IOException {
        try (Stream<Path> old = Files.list(folder)) {
            for (Path one : old.toList()) {
                FileSystemUtils.deleteRecursively(one);
            }
        }
        for (Map<String, String> texts : List.of(edition.texts(), edition.tests())) {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Path file = folder.resolve(text.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, text.getValue());
            }
        }
    }

    private static Thread quiet(Runnable work) {
        Thread made = new Thread(new QuietGroup(), work, "flow-tests");
        made.setDaemon(true);
        return made;
    }

    private static Finding finding(Place place, String message) {
        return new Finding(place.file(), place.line(), 1, message);
    }

    private static String told(List<Problem> problems) {
        Problem first = problems.get(0);
        return first.what() + Optional.of(String.join("; ", first.details())).filter(text -> !text.isEmpty()).map(text -> ": " + text).orElse("")
                + (problems.size() == 1 ? "" : "; and " + (problems.size() - 1) + " more");
    }

    private void end() {
        if (relay != null) {
            relay.close();
            relay = null;
        }
        if (folder != null) {
            try {
                FileSystemUtils.deleteRecursively(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            folder = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        playing.cancel(false);
        thread.execute(this::end);
        thread.shutdown();
        try {
            thread.awaitTermination(PATIENCE_AT_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
