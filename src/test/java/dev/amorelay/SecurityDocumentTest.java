package dev.amorelay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/security.md promises is tried by tests that are there. */
class SecurityDocumentTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))`");

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Set<String> there;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            there = files.map(path -> path.getFileName().toString().replaceFirst("\\.java$", "")).collect(Collectors.toSet());
        }
        Set<String> named = NAMED.matcher(Files.readString(Path.of("docs/security.md"))).results().map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(40).isSubsetOf(there);
    }

    @Test
    void eachOfTheTenRisksHasTests() throws IOException {
        String text = Files.readString(Path.of("docs/security.md"));
        for (int risk = 1; risk <= 10; risk++) {
            String line = Pattern.compile("(?m)^\\| \\*\\*API" + risk + "\\*\\*.*$").matcher(text).results().map(MatchResult::group).findFirst().orElseThrow();
            assertThat(NAMED.matcher(line).results().count()).as(line).isGreaterThanOrEqualTo(3);
        }
    }
}
