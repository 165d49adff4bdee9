package dev.amorelay.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edit is seen when the folder has come to rest. */
class FolderWatchTest {

    @TempDir
    private Path folder;

    private static CompletableFuture<Edition> next(FolderWatch watch, Edition last) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Optional<Edition> now = Optional.empty();
                while (now.isEmpty() || now.get().equals(last)) {
                    now = watch.next(last);
                }
                return now.get();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void anEditorThatWritesInStepsIsSeenOnce() throws Exception {
        Path file = Files.writeString(folder.resolve("a.camel.yaml"), "old");
        try (FolderWatch watch = new FolderWatch(folder)) {
            CompletableFuture<Edition> seen = next(watch, Edition.of(folder));
            Files.writeString(file, "");
            await().pollDelay(Duration.ofMillis(150)).until(() -> true);
            Files.writeString(file, "half");
            await().pollDelay(Duration.ofMillis(150)).until(() -> true);
            Path whole = Files.writeString(folder.resolve(".a.camel.yaml.swp"), "whole");
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
            Files.createDirectories(folder.resolve("errors"));
            Files.writeString(folder.resolve("errors/b.camel.yaml"), "more");

            await().atMost(Duration.ofSeconds(90)).until(seen::isDone);
            assertThat(seen.get().texts()).isEqualTo(Map.of("a.camel.yaml", "whole", "errors/b.camel.yaml", "more"));
        }
    }

    @Test
    void manyFilesAtOnceAreSeenOnce() throws Exception {
        try (FolderWatch watch = new FolderWatch(folder)) {
            CompletableFuture<Edition> seen = next(watch, Edition.of(folder));
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 50; i++) {
                    Files.writeString(folder.resolve(i + ".camel.yaml"), "round " + round);
                }
            }
            await().atMost(Duration.ofSeconds(90)).until(seen::isDone);
            assertThat(seen.get().texts()).hasSize(50).containsEntry("49.camel.yaml", "round 2");
        }
    }

    @Test
    void testsBackupsAndHiddenFilesAreNotLookedAt() throws IOException {
        for (String name : new String[] {"a.camel.yaml", "a.test.yaml", "a.camel.yaml~", ".#a.camel.yaml", "README.md"}) {
            Files.writeString(folder.resolve(name), "x");
        }
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/b.camel.yaml"), "x");
        assertThat(Edition.of(folder).texts()).containsOnlyKeys("a.camel.yaml");
    }
}
