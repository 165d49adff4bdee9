package dev.amorelay.flowtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that a reader of docs/add-a-flow.md makes: each YAML block goes to the file named last before it. */
public final class Tutorial {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^(.*?)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern FILE = Pattern.compile("(Save this as|Add to)\\s+`((?:routes|src)/[\\w./-]+)`");

    private Tutorial() {
    }

    /** Texts by path: of flows and tests below the folder of the routes, of others below the project's. */
    public static Map<String, String> files(String markdown) {
        Map<String, String> files = new LinkedHashMap<>();
        Matcher block = BLOCK.matcher(markdown);
        while (block.find()) {
            if (block.group(2).equals("yaml")) {
                List<Matcher> named = Stream.of(FILE.matcher(block.group(1))).filter(Matcher::find).toList();
                if (named.isEmpty()) {
                    throw new IllegalStateException("a YAML block without a file to put it in:\n" + block.group(3));
                }
                Matcher last = named.get(0);
                String name = last.group(2).replaceFirst("^routes/", "");
                files.merge(name, block.group(3), (before, after) -> before + after);
            }
        }
        return files;
    }

    /** A copy of a folder with these files beside its own. */
    static void copy(Path from, Path to, Map<String, String> files) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (file.getKey().startsWith("src/")) {
                continue;
            }
            Files.writeString(to.resolve(file.getKey()), file.getValue());
        }
    }
}
