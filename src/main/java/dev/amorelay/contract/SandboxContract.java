package dev.amorelay.contract;

import java.net.URI;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The contract beside the doors, to be tried out there: in the sandbox only. In production strangers have nothing to read. */
@RestController
@Profile("sandbox")
public class SandboxContract {

    private static final String PAGE = "/sandbox/openapi/index.html";

    private final ContractFiles files;

    /** @param files what there is to show */
    public SandboxContract(ContractFiles files) {
        this.files = files;
    }

    /** @return the way to the page */
    @GetMapping({"/sandbox/openapi", "/sandbox/openapi/"})
    public ResponseEntity<Void> page() {
        return ResponseEntity.status(302).location(URI.create(PAGE)).build();
    }

    /**
     * A file of the page.
     *
     * @param name the file
     * @return the file; 404 for any other name
     */
    @GetMapping("/sandbox/openapi/{name}")
    public ResponseEntity<Resource> file(@PathVariable String name) {
        return files.named(name).map(file -> ResponseEntity.ok().contentType(file.type())
                        .header("Content-Security-Policy", ContractFiles.POLICY + "; frame-ancestors 'none'")
                        .header("Cache-Control", "no-cache").body(file.content()))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
