package dev.amorelay.park.page;

import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** «Мой парк» at {@code /park}: the page is the same for everybody; whose machines it shows, its doors decide. */
@RestController
class ParkPage {

    private static final String ASK_AGAIN = "no-cache";
    private static final String KEEP = "public, max-age=31536000, immutable";
    private static final Pattern GZIP = Pattern.compile("(?i)(^|[\\s,])gzip\\s*(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))(;|,|$)");

    private final ParkFiles files;

    ParkPage(ParkFiles files) {
        this.files = files;
    }

    /** @return the page; 304 to who has it */
    @GetMapping({"/park", "/park/"})
    ResponseEntity<byte[]> page(@RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, defaultValue = "") String accepted) {
        return answer(files.page(), accepted, ASK_AGAIN);
    }

    /**
     * A script of the page.
     *
     * @param version the one that the page names; another one's page, from before an update, gets what there is now
     * @param name such as {@code main.js}
     * @return the script; 404 for any other name
     */
    @GetMapping("/park/{version}/{name}")
    ResponseEntity<byte[]> script(@PathVariable("version") String version, @PathVariable("name") String name,
                                  @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, defaultValue = "") String accepted) {
        return files.script(name).map(script -> answer(script, accepted, version.equals(files.version()) ? KEEP : ASK_AGAIN))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private ResponseEntity<byte[]> answer(ParkFile file, String accepted, String keeping) {
        boolean packed = GZIP.matcher(accepted).find();
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok().contentType(file.type())
                .header("Content-Security-Policy", files.policy()).header(HttpHeaders.CACHE_CONTROL, keeping)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .eTag("\"" + file.tag() + (packed ? "-gzip" : "") + "\"");
        if (packed) {
            answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return answer.body(packed ? file.packed() : file.plain());
    }
}
