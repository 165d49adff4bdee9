package dev.amorelay.contract;

import dev.amorelay.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * The document, and the page that shows it: Swagger UI from our own jar, nothing from elsewhere. The slim jar has no Swagger UI, and so the
 * document alone.
 */
@Component
public class ContractFiles {

    /** What the browser is told as well: the page names it in its head, for the port where no answer can be given headers. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'";
    private static final String SWAGGER = "classpath*:META-INF/resources/webjars/swagger-ui/*/";

    private final Map<String, ServedFile> files = new LinkedHashMap<>();

    /**
     * A file as it is served.
     *
     * @param content its bytes
     * @param type its media type
     */
    public record ServedFile(Resource content, MediaType type) {
    }

    /** Finds all files once. */
    public ContractFiles() {
        Optional<Resource> page = swagger("swagger-ui-bundle.js");
        if (page.isPresent()) {
            add("index.html", "text/html", new ClassPathResource("openapi/ui/index.html"));
            add("page.js", "text/javascript", new ClassPathResource("openapi/ui/page.js"));
            add("swagger-ui-bundle.js", "text/javascript", page.get());
            add("swagger-ui.css", "text/css", swagger("swagger-ui.css").orElseThrow());
        }
        add("openapi.yaml", "application/yaml", new ClassPathResource(Contract.FILE));
        add("openapi.json", "application/json", new ByteArrayResource(Json.write(Contract.read()).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * A file by its name.
     *
     * @param name such as {@code index.html} or {@code openapi.json}
     * @return the file; empty for any other name
     */
    public Optional<ServedFile> named(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private void add(String name, String type, Resource content) {
        files.put(name, new ServedFile(content, new MediaType(MediaType.valueOf(type), StandardCharsets.UTF_8)));
    }

    private static Optional<Resource> swagger(String name) {
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(SWAGGER + name)).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
