package dev.amorelay.park.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The page and its scripts, read once. The style is put into the page, so that one answer is enough to show something; the
 * scripts get an address that changes with any of them, so that a browser keeps them for ever and never mixes two versions.
 */
@Component
class ParkFiles {

    private static final String PLACE = "classpath:park/page/";
    private static final String STYLE = "<link rel=\"stylesheet\" href=\"park.css\">";
    /** Telegram's script is the only thing from elsewhere; nobody but Telegram frames the page. */
    private static final String POLICY = "default-src 'none'; script-src 'self' https://telegram.org/js/telegram-web-app.js; style-src %s; "
            + "connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'self' https://web.telegram.org https://*.telegram.org";

    /** Indentation, empty lines, and comments that have a line of their own. */
    private static final Pattern ONLY_FOR_PEOPLE = Pattern.compile("(?m)^[ \\t]*(//.*\\R|/\\*\\*.*\\*/\\R|\\R)?");

    private static final Pattern SPACES_OF_STYLE = Pattern.compile("\\s*([{};,])\\s*|(:)\\s+");

    private final Map<String, ParkFile> scripts = new TreeMap<>();
    private final ParkFile page;
    private final String version;
    private final String policy;

    ParkFiles(Environment environment) {
        Map<String, String> texts = texts();
        texts.forEach((name, text) -> scripts.put(name, ParkFile.of(text, "text/javascript")));
        version = ParkFile.tag(String.join("\0", texts.values()));
        String style = SPACES_OF_STYLE.matcher(read(only("park.css"))).replaceAll("$1$2");
        policy = POLICY.formatted(ParkFile.source(style));
        String shell = read(only("index.html")).replace(STYLE, "<style>" + style + "</style>")
                .replaceAll("=\"(\\w+\\.js)\"", "=\"/park/" + version + "/$1\"");
        // outside of Telegram the sandbox's page signs in a test user
        page = ParkFile.of(environment.acceptsProfiles(Profiles.of("sandbox")) ? shell.replace("<html ", "<html data-sandbox ") : shell, "text/html");
    }

    /** @return the page */
    ParkFile page() {
        return page;
    }

    /** @return a script by its name, {@code main.js}; empty for any other name */
    Optional<ParkFile> script(String name) {
        return Optional.ofNullable(scripts.get(name));
    }

    /** @return what is in the scripts' address: changes with any of them */
    String version() {
        return version;
    }

    /** @return what the browser may load and run for the page */
    String policy() {
        return policy;
    }

    private static Map<String, String> texts() {
        try {
            Map<String, String> texts = new TreeMap<>();
            for (Resource script : new PathMatchingResourcePatternResolver().getResources(PLACE + "*.js")) {
                texts.put(script.getFilename(), read(script));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(PLACE, e);
        }
    }

    private static Resource only(String name) {
        return new PathMatchingResourcePatternResolver().getResource(PLACE + name);
    }

    private static String read(Resource file) {
        try {
            return ONLY_FOR_PEOPLE.matcher(file.getContentAsString(StandardCharsets.UTF_8)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(file.getFilename(), e);
        }
    }
}
