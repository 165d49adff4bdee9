package dev.amorelay.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A setting that the relay reads is one that people can find. */
class SettingsPageTest {

    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+");

    @Test
    void everySettingStandsOnThePage() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/settings.md")).stream().filter(line -> line.startsWith("|")).toList();
        Set<String> told = new TreeSet<>();
        for (String row : rows) {
            String first = row.split("\\|")[1];
            told.addAll(VARIABLE.matcher(first).results().map(found -> found.group()).toList());
            // `AMOCRM_FIELD_SERIAL_ID`, `…_MODEL_ID`
            if (first.contains("`…_")) {
                String family = VARIABLE.matcher(first).results().findFirst().orElseThrow().group().replaceFirst("_[A-Z]+_ID$", "");
                Pattern.compile("`…(_[A-Z_]+)`").matcher(first).results().forEach(found -> told.add(family + found.group(1)));
            }
        }
        assertThat(told).containsAll(KnownSettings.ALL.stream().map(Setting::variable).toList());
    }

    @Test
    void everySettingStandsInTheExample() throws IOException {
        String example = Files.readString(Path.of(".env.example"));
        assertThat(KnownSettings.ALL).extracting(Setting::variable).filteredOn(variable -> !variable.startsWith("SANDBOX_"))
                .allSatisfy(variable -> assertThat(example).containsPattern("(?m)^#?" + variable + "="));
    }
}
