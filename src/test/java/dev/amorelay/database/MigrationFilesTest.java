package dev.amorelay.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Functions have one place for ever, and tables begin in four files. */
class MigrationFilesTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Pattern NUMBERED = Pattern.compile("V(\\d+)__\\w+\\.sql");
    private static final Pattern FUNCTION = Pattern.compile("CREATE (OR REPLACE )?(FUNCTION|PROCEDURE|TRIGGER) (\\w+)");
    /** Indexes stand on them. */
    private static final List<String> BESIDE_THEIR_INDEX = List.of("lowered", "serial_key");

    @Test
    void functionsStandInTheRepeatableFile() throws IOException {
        for (Path file : files()) {
            Matcher function = FUNCTION.matcher(Files.readString(file));
            while (NUMBERED.matcher(file.getFileName().toString()).matches() && function.find()) {
                assertThat(BESIDE_THEIR_INDEX).as("%s in %s: it goes into R__functions.sql, which would else put back the former one",
                        function.group(3), file.getFileName()).contains(function.group(3));
            }
        }
    }

    /** Numbers up to 31 were given before, and mean something else in databases of then. */
    @Test
    void newNumbersFollowTheOldOnes() throws IOException {
        assertThat(files()).extracting(file -> file.getFileName().toString())
                .contains("V1__queue.sql", "V2__amocrm.sql", "V3__sales.sql", "V4__quartz.sql", "R__functions.sql")
                .allSatisfy(name -> {
                    Matcher number = NUMBERED.matcher(name);
                    assertThat(number.matches() && Integer.parseInt(number.group(1)) > 4 ? Integer.parseInt(number.group(1)) : 32).as(name)
                            .isGreaterThan(31);
                });
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.sorted().toList();
        }
    }
}
