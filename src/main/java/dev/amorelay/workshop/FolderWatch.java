package dev.amorelay.workshop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when a folder has changed and come to rest. The file system's word only makes it look sooner: it looks by itself every
 * {@link #SLOWLY}, since shared mounts say nothing.
 */
class FolderWatch implements AutoCloseable {

    /** Editors write in steps, rename and swap; several files come one after another. */
    static final Duration REST = Duration.ofMillis(300);
    private static final Duration SLOWLY = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    private final Path folder;
    private final WatchService watch;
    private final Map<Path, WatchKey> watched = new HashMap<>();

    FolderWatch(Path folder) throws IOException {
        this.folder = folder;
        this.watch = folder.getFileSystem().newWatchService();
        register();
    }

    /**
     * Waits for something to happen, for {@link #SLOWLY} at most, and then until nothing happens any more.
     *
     * @return what stands in the folder now; empty when it cannot be read at the moment
     * @throws InterruptedException when the relay stops
     */
    Optional<Edition> next(Edition last) throws InterruptedException {
        waitFor(SLOWLY);
        Optional<Edition> now = read();
        if (now.isEmpty() || now.get().equals(last)) {
            return now;
        }
        while (true) {
            boolean stirred = waitFor(REST);
            Optional<Edition> then = read();
            if (!stirred && then.isPresent() && then.equals(now)) {
                return then;
            }
            now = then;
        }
    }

    /** @return whether a file of flows was touched, as soon as one is; false when the time is over */
    private boolean waitFor(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        boolean stirred = false;
        while (!stirred && System.nanoTime() < end) {
            WatchKey key = watch.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            while (key != null) {
                // taken in any case: a key with events left is signalled again at once
                boolean told = key.pollEvents().stream().anyMatch(FolderWatch::isTold);
                stirred = stirred || told;
                key.reset();
                key = watch.poll();
            }
        }
        register();
        return stirred;
    }

    private static boolean isTold(WatchEvent<?> event) {
        return event.kind() == StandardWatchEventKinds.OVERFLOW || Edition.isLookedAt(String.valueOf(event.context()));
    }

    private Optional<Edition> read() {
        try {
            return Optional.of(Edition.of(folder));
        } catch (UncheckedIOException e) {
            LOG.debug("{} cannot be read now", folder, e);
            return Optional.empty();
        }
    }

    /** New folders too. */
    private void register() {
        watched.entrySet().removeIf(entry -> !entry.getValue().isValid());
        try (Stream<Path> folders = Files.walk(folder)) {
            folders.filter(Files::isDirectory).filter(path -> !watched.containsKey(path)).toList().forEach(this::register);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{} cannot be watched now", folder, e);
        }
    }

    private void register(Path path) {
        try {
            watched.put(path, path.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE,
                    StandardWatchEventKinds.ENTRY_MODIFY));
        } catch (IOException e) {
            LOG.debug("{} cannot be watched, it is looked at every {} s", path, SLOWLY.toSeconds(), e);
        }
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            LOG.debug("{} is watched no more", folder, e);
        }
    }
}
