package dev.amorelay.sandbox.page;

import dev.amorelay.sandbox.SandboxApi;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;

/** The page itself: three files, nothing from elsewhere, and a policy that says so to the browser. */
@SandboxApi
public class PageFiles {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** @return the page */
    @GetMapping({"/sandbox", "/sandbox/"})
    public ResponseEntity<Resource> page() {
        return file("index.html", "text/html");
    }

    /** @return its script */
    @GetMapping("/sandbox/page.js")
    public ResponseEntity<Resource> script() {
        return file("page.js", "text/javascript");
    }

    /** @return its style */
    @GetMapping("/sandbox/page.css")
    public ResponseEntity<Resource> style() {
        return file("page.css", "text/css");
    }

    private static ResponseEntity<Resource> file(String name, String type) {
        return ResponseEntity.ok().contentType(new MediaType(MediaType.valueOf(type), StandardCharsets.UTF_8))
                .header("Content-Security-Policy", POLICY).header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer").header("Cache-Control", "no-cache")
                .body(new ClassPathResource("sandbox/page/" + name));
    }
}
