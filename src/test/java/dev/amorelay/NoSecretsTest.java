package dev.amorelay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that opens a real door stands in the sources: shapes of tokens and keys, and values of what is named like a secret. */
class NoSecretsTest {

    private static final List<String> FOLDERS = List.of("src", "routes", "docs", "bench", "docker", ".ci");
    private static final List<String> FILES = List.of(".env.example", "docker-compose.yml", "Dockerfile", "pom.xml", "README.md", "README.ru.md", "CHANGELOG.md",
            "CONTRIBUTING.md");

    private static final Map<String, Pattern> SHAPES = Map.of(
            "a private key", Pattern.compile("-----BEGIN (?:RSA |EC |OPENSSH |ENCRYPTED )?PRIVATE KEY-----\\s+[A-Za-z0-9+/=]{40}"),
            "a token of amoCRM", Pattern.compile("eyJ[A-Za-z0-9_-]{20,}\\.eyJ[A-Za-z0-9_-]{40,}\\.[A-Za-z0-9_-]{100,}"),
            "a refresh token of amoCRM", Pattern.compile("\\bdef50200[0-9a-f]{40,}"),
            "a bot's token", Pattern.compile("\\b\\d{8,10}:AA[A-Za-z0-9_-]{33}\\b"),
            "a key of AWS", Pattern.compile("\\bAKIA[0-9A-Z]{16}\\b"),
            "a token of GitHub", Pattern.compile("\\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\\w{40,})"),
            "a variable with a value", Pattern.compile("(?m)^\\s*(?:export )?[A-Z_]*(?:PASSWORD|SECRET|TOKEN|_KEY|_KEYS)=(?!sandbox|invented|[<$…\"'{\\s]|key-of|kT7)[^\\s#]{6,}\\s*$"));

    /** Of public documents: the Bot API's own example, and the vectors of libraries that check Mini Apps. */
    private static final List<String> KNOWN = List.of("123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc", "5768337691:AAH5YkoiEuPk8-FZa32hStHTqXiLPtAEhx8",
            "7342037359:AAFZehRPBRs8Seg40oDjTMIW8uTGPuW1zfQ");

    private static List<String> found(String text) {
        List<String> found = new ArrayList<>();
        SHAPES.forEach((what, shape) -> {
            Matcher secret = shape.matcher(text);
            while (secret.find()) {
                if (!KNOWN.contains(secret.group())) {
                    found.add(what + " in line " + text.substring(0, secret.start()).lines().count());
                }
            }
        });
        return found;
    }

    @Test
    void noneStandsInTheSources() throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> all = new ArrayList<>(FILES.stream().map(Path::of).toList());
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(Files::isRegularFile).forEach(all::add);
            }
        }
        for (Path path : all) {
            found(text(path)).forEach(one -> found.add(path + ": " + one));
        }
        assertThat(all).hasSizeGreaterThan(500);
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SMTP_PASS|WORD=Zx9correct-horse", "export AMOCRM_CLIENT_SE|CRET=kj34hk5j34hk5jh", "987654321:AA|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "-----BEGIN |PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEA", "def5|0200aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd0011223344"})
    void oneThatStoodThereWouldBeFound(String text) {
        // parted here, so that this file itself holds none
        assertThat(found(text.replace("|", ""))).isNotEmpty();
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (MalformedInputException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
