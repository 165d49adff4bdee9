package dev.amorelay.workshop;

import dev.amorelay.settings.RouteSettings;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** Watches the folder of the routes and hands every edit to the {@link Editor}, while the relay runs. */
@Component
class LiveEditing implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LiveEditing.class);
    private static final long PATIENCE_AT_STOP = 5;

    private final RouteSettings settings;
    private final Editor editor;
    private final EditBoard board;
    private final EditTests tests;
    /** As it was before Camel read it: an edit that comes between is one more edit. */
    private final Optional<Edition> first;
    private Thread watcher;
    private volatile FolderWatch watching;
    private volatile boolean stopping;

    LiveEditing(RouteSettings settings, Editor editor, EditBoard board, EditTests tests) {
        this.tests = tests;
        this.settings = settings;
        this.editor = editor;
        this.board = board;
        this.first = settings.live() && StringUtils.hasText(settings.folder()) ? Optional.of(Edition.of(Path.of(settings.folder()))) : Optional.empty();
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (!settings.live()) {
            board.off("live editing is off (RELAY_ROUTES_LIVE): an edit takes effect at the next start");
        } else if (first.isEmpty()) {
            board.off("live editing has nothing to watch: the routes come from the jar; give a folder in RELAY_ROUTES_DIR");
        } else if (open().isPresent()) {
            board.off("live editing is off, since it edits a folder that others can write, " + open().get());
        } else {
            watcher = new Thread(this::watch, "routes-live");
            watcher.setDaemon(true);
            watcher.start();
        }
    }

    private void watch() {
        Path folder = Path.of(settings.folder());
        try (FolderWatch watch = new FolderWatch(folder)) {
            List<Finding> wrong = editor.begin(first.orElseThrow());
            board.watching("edits in " + folder.toAbsolutePath().normalize() + " take effect at once"
                    + (wrong.isEmpty() ? "" : ", once " + wrong.size() + " older findings are mended: " + wrong.get(0) + " …"));
            Edition seen = first.orElseThrow();
            watching = watch;
            while (!stopping) {
                editor.settle();
                Optional<Edition> now = watch.next(seen);
                if (now.isPresent() && (!now.get().equals(seen) || editor.isWaiting())) {
                    take(now.get());
                    seen = now.get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClosedWatchServiceException e) {
            LOG.debug("the folder is watched no more", e);
        } catch (IOException | RuntimeException e) {
            board.failed("live editing has ended: start the relay again", List.of(), e);
        }
    }

    private void take(Edition now) {
        Optional<String> open = open();
        if (open.isPresent()) {
            board.refused(EditState.refused(List.of(new Finding(".", 1, 1, "others can write " + open.get()))));
        } else {
            editor.take(now);
        }
    }

    private Optional<String> open() {
        return OpenFolder.found(Path.of(settings.folder()));
    }

    /** What was not begun is not begun any more; an exchange of routes that is under way ends first. */
    @Override
    public void stop() {
        if (watcher != null) {
            stopping = true;
            tests.destroy();
            // no interrupt: Camel would take it for a wish to cut off what is under way
            FolderWatch open = watching;
            if (open != null) {
                open.close();
            }
            try {
                watcher.join(TimeUnit.SECONDS.toMillis(PATIENCE_AT_STOP));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            watcher = null;
        }
    }

    @Override
    public void start() {
        // begins when everything else runs
    }

    @Override
    public boolean isRunning() {
        return watcher != null;
    }

    /** Stopped before the doors and the routes are. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

}
