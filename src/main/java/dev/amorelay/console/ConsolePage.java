package dev.amorelay.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The files of the operators' page: three, nothing from elsewhere. */
@Component("consolePage")
public class ConsolePage {

    private static final Map<String, String> TYPES = Map.of("index.html", "text/html", "console.js", "text/javascript", "console.css", "text/css");
    private static final String PLACE = "/console";

    private final Map<String, String> texts = TYPES.keySet().stream().collect(Collectors.toMap(name -> name, ConsolePage::read));

    /**
     * A file as it is served.
     *
     * @param status 200, or 404 for a name that is none of the page's
     * @param type its media type
     * @param text its content
     */
    public record ServedFile(int status, String type, String text) {
    }

    /**
     * A file of the page.
     *
     * @param path of the request: {@code /console}, or {@code /console/} and a name
     * @return the file
     */
    public ServedFile file(@Header(Exchange.HTTP_PATH) String path) {
        String name = Stream.of(path).filter(there -> there.startsWith(PLACE)).map(there -> there.substring(PLACE.length()))
                .map(rest -> rest.replaceFirst("^/", "")).findFirst().orElse("");
        String file = name.isEmpty() ? "index.html" : name;
        return texts.containsKey(file) ? new ServedFile(200, TYPES.get(file) + "; charset=utf-8", texts.get(file))
                : new ServedFile(404, "text/plain; charset=utf-8", "Такой страницы нет, консоль: " + PLACE);
    }

    private static String read(String name) {
        try (InputStream in = new ClassPathResource("console/" + name).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
