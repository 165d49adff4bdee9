package dev.amorelay.workshop;

import dev.amorelay.settings.RouteSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.StringUtils;

/**
 * The files of a folder of flows. One that is not there counts as the copy that comes with the relay: a folder of one's own needs only
 * what it says differently.
 *
 * @param texts what stands in the folder, by path
 */
public record DataFolder(Map<String, String> texts) {

    /** The files that come with the relay. */
    public static final DataFolder SHIPPED = new DataFolder(Map.of());

    /**
     * Reads the folder as it is at the start.
     *
     * @param settings tells the folder
     * @return its files; only those that come with the relay where there is none
     */
    public static DataFolder of(RouteSettings settings) {
        return StringUtils.hasText(settings.folder()) && Files.isDirectory(Path.of(settings.folder()))
                ? new DataFolder(Edition.of(Path.of(settings.folder())).texts()) : SHIPPED;
    }

    /**
     * What stands in a file.
     *
     * @param name its path
     * @return its text; empty where neither the folder nor the relay has it
     */
    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name)).or(() -> shipped(name));
    }

    private static Optional<String> shipped(String name) {
        try (InputStream in = DataFolder.class.getResourceAsStream("/routes/" + name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
