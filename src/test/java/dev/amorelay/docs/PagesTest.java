package dev.amorelay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages that people read lead somewhere, and the front page stays one. */
class PagesTest {

    private static final Pattern LINK = Pattern.compile("(?<!`)\\]\\(([^)\\s]+)\\)");
    private static final Pattern CITED = Pattern.compile("facts §(\\d+(?:\\.\\d+)?)");
    private static final int FRONT_PAGE = 10_000;

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> lost = new ArrayList<>();
        for (Path page : pages()) {
            for (String link : find(LINK, Files.readString(page))) {
                if (!link.matches("(https?|mailto):.*|<.*")) {
                    String[] parts = link.split("#", 2);
                    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
                    boolean there = Files.exists(target) && (parts.length == 1 || !target.toString().endsWith(".md") || anchors(target).contains(parts[1]));
                    if (!there) {
                        lost.add(page + ": " + link);
                    }
                }
            }
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void theFrontPageIsShortInBothLanguages() throws IOException {
        String english = Files.readString(Path.of("README.md"));
        String russian = Files.readString(Path.of("README.ru.md"));
        assertThat(english.getBytes().length).isLessThanOrEqualTo(FRONT_PAGE);
        assertThat(russian.getBytes().length).isLessThanOrEqualTo(FRONT_PAGE);
        assertThat(find(Pattern.compile("(?m)^(#+) "), russian)).isEqualTo(find(Pattern.compile("(?m)^(#+) "), english));
        assertThat(find(Pattern.compile("(?s)(```sh\n(?:curl).*?```)"), russian)).isEqualTo(find(Pattern.compile("(?s)(```sh\n(?:curl).*?```)"), english));
        assertThat(targets(russian)).isEqualTo(targets(english));
    }

    /** All pages can be reached from the front page, or from one that it leads to. */
    @Test
    void everyPageIsLedTo() throws IOException {
        Set<Path> reached = new TreeSet<>(Set.of(Path.of("README.md"), Path.of("README.ru.md")));
        List<Path> open = new ArrayList<>(reached);
        while (!open.isEmpty()) {
            Path page = open.remove(0);
            for (String link : find(LINK, Files.readString(page))) {
                Path target = page.resolveSibling(link.replaceFirst("#.*", "")).normalize();
                if (link.matches("[^#:]*\\.md(#.*)?") && Files.exists(target) && reached.add(target)) {
                    open.add(target);
                }
            }
        }
        assertThat(pages()).isSubsetOf(reached);
    }

    @Test
    void whatCommentsCiteOfAmoCrmIsWritten() throws IOException {
        Set<String> sections = new TreeSet<>(find(Pattern.compile("(?m)^#{2,3} (\\d+(?:\\.\\d+)?)[. ]"), Files.readString(Path.of("docs/amocrm-facts.md"))));
        // a point of the list in section 8
        sections.add("8.12");
        Set<String> cited = new TreeSet<>();
        for (Path folder : List.of(Path.of("src/main/java"), Path.of("src/test/java"), Path.of("routes"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(one -> one.toString().matches(".*\\.(java|yaml)")).toList()) {
                    cited.addAll(find(CITED, Files.readString(file)));
                }
            }
        }
        assertThat(cited).isNotEmpty().isSubsetOf(sections);
    }

    /** Where both front pages lead, without language. */
    private static Set<String> targets(String page) {
        return find(LINK, page).stream().map(link -> link.replace("docs/ru/", "docs/").replace(".ru.md", ".md")).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> find(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
    }

    private static Set<String> anchors(Path page) throws IOException {
        String text = Files.readString(page);
        Set<String> anchors = new TreeSet<>(find(Pattern.compile("<a id=\"([^\"]+)\""), text));
        find(Pattern.compile("(?m)^#{1,6} (.+)$"), text).forEach(title -> anchors.add(title.toLowerCase().replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-')));
        return anchors;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of("README.md", "README.ru.md", "CONTRIBUTING.md", "CHANGELOG.md").map(Path::of),
                    docs.filter(page -> page.toString().endsWith(".md"))).sorted().toList();
        }
    }
}
