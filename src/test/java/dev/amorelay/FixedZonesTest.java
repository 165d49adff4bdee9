package dev.amorelay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A date is a day of an account: no file knows a zone of its own, and none asks the clock of the machine or of the session. */
class FixedZonesTest {

    private static final Pattern FIXED = Pattern.compile("(?i:moscow)|\"(Europe|Asia|America|Africa|Pacific|Etc)/|'(Europe|Asia|America|Africa|Pacific|Etc)/"
            + "|ZoneId\\.systemDefault|ZoneOffset\\.of|(LocalDate|LocalDateTime|ZonedDateTime|OffsetDateTime)\\.now\\(\\)"
            + "|(?i:\\bcurrent_date\\b|\\bcurrent_time\\b|\\blocaltimestamp\\b|now\\(\\)::date|now\\(\\) AS date\\)"
            + "|AT TIME ZONE '|SET (LOCAL )?TIME ZONE)|toISOString\\(\\)\\.slice|timeZone: [\"']?[A-Z]");

    /** Each with the reason why it may. */
    private static final Map<String, String> MAY = Map.of(
            "settings/RelayZone.java", "the last default",
            "settings/KnownSettings.java", "examples in the setting's rule",
            "sql/clients/closed-chats.sql", "a key that changes once a day, shown to nobody",
            "amocrm/AccountZones.java", "whole hours by their distance from UTC, as the account told it",
            "db/upgrade/V15__maintenance.sql", "released; V22 takes the default away",
            "sandbox/seed.json", "what the stand-in's account tells",
            "sandbox/SandboxSettings.java", "what the stand-in's accounts go by unless told otherwise");

    @Test
    void nobodyKnowsAZone() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path folder : List.of(Path.of("src/main"), Path.of("routes"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(one -> one.toString().matches(".*\\.(java|sql|yaml|yml|js|html|ftl|json)")).toList()) {
                    look(file, found);
                }
            }
        }
        assertThat(found).as("take AccountZones, account_zone() or {{relay.time-zone}}").isEmpty();
    }

    private static void look(Path file, List<String> found) throws IOException {
        String path = file.toString().replace('\\', '/');
        if (path.contains("openapi/ui/") || MAY.keySet().stream().anyMatch(path::endsWith)) {
            return;
        }
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (FIXED.matcher(lines.get(i)).find()) {
                found.add(path + ":" + (i + 1) + ": " + lines.get(i).strip());
            }
        }
    }
}
