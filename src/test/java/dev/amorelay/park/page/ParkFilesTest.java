package dev.amorelay.park.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

/** What is served at {@code /park} fits together, is small, and asks for nothing that its policy forbids. */
class ParkFilesTest {

    private static final Path PLACE = Path.of("src/main/resources/park/page");
    /** Told to people as the most that the page weighs, without Telegram's script. */
    private static final int MOST_BYTES = 64_000;
    private static final int MOST_BYTES_ON_THE_WAY = 30_000;

    private final ParkFiles files = new ParkFiles(new MockEnvironment());
    private final String page = new String(files.page().plain(), StandardCharsets.UTF_8);

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> groups(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(one -> one.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String source(String name) {
        try {
            return Files.readString(PLACE.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    private static Set<String> scripts() {
        try (Stream<Path> all = Files.list(PLACE)) {
            return all.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".js")).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String allScripts() {
        return scripts().stream().map(ParkFilesTest::source).collect(Collectors.joining("\n"));
    }

    @Test
    void pageAndScriptsAreLight() {
        List<ParkFile> all = Stream.concat(Stream.of(files.page()), scripts().stream().map(name -> files.script(name).orElseThrow())).toList();
        assertThat(all.stream().mapToInt(file -> file.plain().length).sum()).isBetween(20_000, MOST_BYTES);
        assertThat(all.stream().mapToInt(file -> file.packed().length).sum()).isBetween(5_000, MOST_BYTES_ON_THE_WAY);
    }

    @Test
    void theFirstAnswerHasTheStyleAndFitsIntoTheFirstWindow() {
        assertThat(page).contains("<style>:root{").doesNotContain("rel=\"stylesheet\"");
        // ten segments of 1,460 bytes: no second round trip before something is seen
        assertThat(files.page().packed().length).isLessThan(14_600);
    }

    @Test
    void thePolicyAllowsTheStyleAndNothingElseInThePage() {
        String style = page.substring(page.indexOf("<style>") + "<style>".length(), page.indexOf("</style>"));
        assertThat(files.policy()).contains("style-src " + ParkFile.source(style) + ";").doesNotContain("unsafe");
        assertThat(found("<script(?![^>]* src=)[^>]*>", page)).isEmpty();
        assertThat(found("(?i)\\s(style|on\\w+)=", page.replace(style, ""))).isEmpty();
    }

    @Test
    void everythingIsOursButTelegramsScript() {
        assertThat(found("https?://[\\w./-]+", source("index.html") + source("park.css") + allScripts()))
                .containsExactlyInAnyOrder("https://telegram.org/js/telegram-web-app.js", "http://www.w3.org/2000/svg");
    }

    @Test
    void everyScriptThatIsImportedIsThereAndAskedForAtOnce() {
        Set<String> imported = groups("from '\\./(\\w+\\.js)'", allScripts());
        Set<String> asked = groups("rel=\"modulepreload\" href=\"(\\w+\\.js)\"", source("index.html"));
        assertThat(asked).isEqualTo(imported);
        imported.add("main.js");
        assertThat(imported).isEqualTo(scripts());
        assertThat(page).contains("src=\"/park/" + files.version() + "/main.js\"");
    }

    @Test
    void everyDrawingIsThere() {
        Set<String> drawn = groups("icon\\('(\\w+)'", allScripts());
        drawn.addAll(groups("notice\\('(\\w+)'", allScripts()));
        drawn.addAll(groups("\\['\\w+', '(\\w+)', '", allScripts()));
        assertThat(drawn).isSubsetOf(groups("<symbol id=\"i-(\\w+)\"", source("index.html"))).hasSizeGreaterThan(10);
    }

    @Test
    void whatOnlyPeopleReadIsLeftOutAndNothingElse() {
        String served = new String(files.script("api.js").orElseThrow().plain(), StandardCharsets.UTF_8);
        assertThat(served).doesNotContain("/**").doesNotContain("\n//").doesNotContain("\n  ").startsWith("import { kept } from './dom.js';\nconst PATIENCE = 20000;\n");
        String code = source("api.js").lines().map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//") && !line.startsWith("/**")).collect(Collectors.joining("\n", "", "\n"));
        assertThat(served).isEqualTo(code);
        // the leaving out goes by lines: a text over several of them would lose its beginning
        assertThat(scripts()).allSatisfy(name -> assertThat(source(name).lines()).allSatisfy(line ->
                assertThat(line.chars().filter(letter -> letter == '`').count() % 2).isZero()));
    }

    @Test
    void onlyTheSandboxMarksItsPage() {
        MockEnvironment sandbox = new MockEnvironment();
        sandbox.setActiveProfiles("sandbox");
        assertThat(page).startsWith("<!DOCTYPE html>\n<html lang=\"ru\">");
        assertThat(new String(new ParkFiles(sandbox).page().plain(), StandardCharsets.UTF_8)).startsWith("<!DOCTYPE html>\n<html data-sandbox lang=\"ru\">");
    }
}
