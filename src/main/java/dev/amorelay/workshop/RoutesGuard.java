package dev.amorelay.workshop;

import dev.amorelay.settings.InvalidSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.StringUtils;

/**
 * Stands before the first route: flows that do what no flow may do are not loaded, wherever they come from, nor is a live folder that
 * others can write. What lies in the jar is not believed either: an image may be built of anything.
 */
public class RoutesGuard implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    private static final int TOLD = 20;
    private static final String ROUTES = "/routes/";

    /** After the settings have been looked at. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        if (environment.getProperty("relay.only-read", Boolean.class, false)) {
            return;
        }
        String folder = environment.getProperty("relay.routes.folder");
        List<String> problems = !StringUtils.hasText(folder) ? ofTheJar(environment)
                : Files.isDirectory(Path.of(folder)) ? problems(Path.of(folder), environment) : List.of();
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
    }

    static List<String> problems(Path folder, Environment environment) {
        List<String> problems = new ArrayList<>();
        boolean live = environment.getProperty("relay.routes.live", Boolean.class, false);
        if (live && !environment.acceptsProfiles(Profiles.of("sandbox"))) {
            OpenFolder.found(folder).ifPresent(open -> problems.add("RELAY_ROUTES_LIVE edits a folder that others can write, " + open));
        }
        problems.addAll(beyond(new Edition(whatCamelLoads(folder)), "the routes in " + folder, "'validate " + folder + "'", environment));
        return problems;
    }

    static List<String> ofTheJar(Environment environment) {
        Map<String, String> texts = new TreeMap<>();
        String kamelets = environment.getProperty("relay.routes.kamelets", "");
        Stream<String> patterns = Arrays.stream(environment.getProperty("relay.routes.pattern", "").split(","));
        Stream.concat(patterns, Stream.of(kamelets + "/*.kamelet.yaml")).map(String::strip).filter(pattern -> pattern.contains(":"))
                .forEach(pattern -> texts.putAll(whatCamelLoads(pattern)));
        return beyond(new Edition(texts), "the routes in the jar", "'validate' of that folder", environment);
    }

    private static List<String> beyond(Edition edition, String where, String command, Environment environment) {
        List<String> problems = new ArrayList<>();
        Set<Finding> findings = new TreeSet<>();
        Flows flows = Flows.read(edition, finding -> {
            if (!finding.message().startsWith("the file is empty")) {
                findings.add(finding);
            }
        });
        new SafetyRule(new OnlySettings(environment)).check(flows, findings::add);
        findings.stream().limit(TOLD).forEach(finding -> problems.add(where + " do what flows may not do: " + finding));
        if (findings.size() > TOLD) {
            problems.add("and so on: " + findings.size() + " findings in all, " + command + " lists them");
        }
        return problems;
    }

    /** The first of the class path, as Camel takes it. */
    private static Map<String, String> whatCamelLoads(String pattern) {
        Map<String, String> texts = new TreeMap<>();
        try {
            for (Resource resource : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                String address = resource.getURL().toString();
                texts.put(address.substring(address.lastIndexOf(ROUTES) + ROUTES.length()), resource.getContentAsString(StandardCharsets.UTF_8));
            }
            return texts;
        } catch (FileNotFoundException none) {
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hidden files too, which live editing leaves alone. */
    private static Map<String, String> whatCamelLoads(Path folder) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (name.endsWith(".camel.yaml") || FlowFile.isKamelet(name)) {
                    texts.put(name, Files.readString(path, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** Before there are beans. */
    private record OnlySettings(Environment environment) implements Surroundings {

        @Override
        public Set<String> beans() {
            return Set.of();
        }

        @Override
        public Optional<Class<?>> beanType(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> property(String key) {
            return Optional.ofNullable(environment.getProperty(key));
        }
    }
}
