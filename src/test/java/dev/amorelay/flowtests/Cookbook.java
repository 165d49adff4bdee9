package dev.amorelay.flowtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The edits that docs/cookbook.md shows: each block belongs to the file named last before it. A new file is the block; a text is replaced; in a
 * flow a route takes the place of the one with its id; a table is completed.
 */
public final class Cookbook {

    private static final Pattern BLOCK = Pattern.compile("(?ms)`routes/([\\w./-]+)`[^`]*?^```(?:yaml|ftl)\\n(.*?)^```$");

    private Cookbook() {
    }

    /**
     * One edit.
     *
     * @param file its path below the folder of the routes
     * @param text the block
     */
    record Edit(String file, String text) {
    }

    static List<Edit> edits(String markdown) {
        List<Edit> edits = new ArrayList<>();
        Matcher block = BLOCK.matcher(markdown);
        while (block.find()) {
            edits.add(new Edit(block.group(1), block.group(2)));
        }
        return edits;
    }

    /** A copy of the folder, without its own tests, after all edits. */
    static void copy(Path from, Path to, List<Edit> edits) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.filter(Files::isRegularFile).filter(one -> !one.toString().endsWith(".test.yaml")).toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
        for (Edit edit : edits) {
            Path target = to.resolve(edit.file());
            Files.createDirectories(target.getParent());
            String before = Files.exists(target) ? Files.readString(target) : null;
            Files.writeString(target, before == null || !edit.file().endsWith(".yaml") ? edit.text()
                    : edit.file().endsWith(".camel.yaml") ? routes(before, edit.text()) : table(before, edit.text()));
        }
    }

    private static String routes(String before, String edit) {
        List<String> edited = items(edit);
        List<String> all = new ArrayList<>(items(before).stream()
                .filter(item -> edited.stream().noneMatch(other -> Objects.equals(id(item), id(other)))).toList());
        all.addAll(edited);
        return String.join("", all);
    }

    private static List<String> items(String text) {
        return Stream.of(text.split("(?m)^(?=- )")).filter(item -> item.startsWith("- ")).toList();
    }

    private static String id(String item) {
        Matcher id = Pattern.compile("(?m)^    id: (\\S+)$").matcher(item);
        return id.find() ? id.group(1) : null;
    }

    private static String table(String before, String edit) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setAllowUnicode(true);
        return new Yaml(options).dump(joined(new Yaml().load(before), new Yaml().load(edit)));
    }

    private static Object joined(Object before, Object edit) {
        if (before instanceof Map<?, ?> map && edit instanceof Map<?, ?> more) {
            Map<Object, Object> joined = new LinkedHashMap<>(map);
            more.forEach((key, value) -> joined.put(key, joined.containsKey(key) ? joined(joined.get(key), value) : value));
            return joined;
        }
        if (before instanceof List<?> list && edit instanceof List<?> more) {
            return Stream.concat(list.stream(), more.stream()).toList();
        }
        return edit;
    }
}
