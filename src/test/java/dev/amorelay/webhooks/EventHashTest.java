package dev.amorelay.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventHashTest {

    private static final JsonNode FIELDS = HookText.json("{'id':'7','name':'Сделка','tags':[{'id':'1'},{'id':'2'}]}");

    @Test
    void isTheSameForEver() {
        // literal, because rows stored by an older version must be recognised; sha256sum of
        // 8=324277624=lead6=status1=7{3:2=id1=74=name6=Сделка4=tags[2:{1:2=id1=1{1:2=id1=2
        assertThat(EventHash.of(32427762L, "lead", "status", "7", FIELDS))
                .isEqualTo("0522039600da1e12fd06d365fdf03c166f5785e46adbc8f1cbec75704b24dcef");
        // sha256sum of 8=unparsed5=hello
        assertThat(EventHash.ofRaw("hello"))
                .isEqualTo("ebee1cb09aabc710e21e3d9a118771332d8dc6526065c08bbbd8c98fecbd0b08");
    }

    /** It goes over a long text piece by piece, and never between the halves of a pair. */
    @Test
    void aLongTextIsHashedAsAWhole() throws Exception {
        for (String text : List.of("я".repeat(100_000), "a" + "😀".repeat(50_000), "😀".repeat(50_000))) {
            byte[] whole = ("8=unparsed" + text.length() + "=" + text).getBytes(StandardCharsets.UTF_8);
            assertThat(EventHash.ofRaw(text)).isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(whole)));
        }
    }

    @Test
    void doesNotDependOnTheOrderOfFields() {
        JsonNode other = HookText.json("{'tags':[{'id':'1'},{'id':'2'}],'name':'Сделка','id':'7'}");
        assertThat(EventHash.of(1L, "lead", "status", "7", other)).isEqualTo(EventHash.of(1L, "lead", "status", "7", FIELDS));
    }

    @Test
    void dependsOnEverythingElse() {
        Set<String> hashes = new HashSet<>(List.of(
                EventHash.of(1L, "lead", "status", "7", FIELDS),
                EventHash.of(2L, "lead", "status", "7", FIELDS),
                EventHash.of(null, "lead", "status", "7", FIELDS),
                EventHash.of(1L, "contact", "status", "7", FIELDS),
                EventHash.of(1L, "lead", "update", "7", FIELDS),
                EventHash.of(1L, "lead", "status", "8", FIELDS),
                EventHash.of(1L, "lead", "status", null, FIELDS),
                EventHash.of(1L, "lead", "status", "7", Json.object()),
                EventHash.of(1L, "lead", "status", "7",
                        HookText.json("{'id':'7','name':'Сделка','tags':[{'id':'2'},{'id':'1'}]}"))));
        assertThat(hashes).hasSize(9);
    }

    @Test
    void fieldsCannotRunTogether() {
        Set<String> hashes = new HashSet<>();
        for (String fields : List.of("{'ab':'c'}", "{'a':'bc'}", "{'a':'b','c':''}", "{'a':['b','c']}", "{'a':['bc']}",
                "{'a':{'b':'c'}}", "{'a':[['b'],'c']}", "{'a':[['b','c']]}", "{'a':'1=b'}", "{'a':''}", "{'a':null}",
                "{'a':[]}", "{'a':{}}", "{}")) {
            hashes.add(EventHash.of(1L, "lead", "add", "7", HookText.json(fields)));
        }
        hashes.add(EventHash.of(1L, "lead", "ad", "d7", HookText.json("{'ab':'c'}")));
        hashes.add(EventHash.of(11L, "lead", "add", "7", HookText.json("{'ab':'c'}")));
        assertThat(hashes).hasSize(16);
    }
}
