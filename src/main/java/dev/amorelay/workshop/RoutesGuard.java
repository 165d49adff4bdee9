package dev.amorelay.workshop;

import dev.amorelay.settings.InvalidSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.springframework.util.StringUtils;

/**
 * Stands before the first route: a folder of flows that does what no flow may do is not loaded, nor is a live one that others can
 * write. The copy in the jar is not looked at.
 */
public class RoutesGuard implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    private static final int TOLD = 20;

    /** After the settings have been looked at. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Environment environment = context.getEnvironment();
        String folder = environment.getProperty("relay.routes.folder");
        boolean read = environment.getProperty("relay.only-read", Boolean.class, false);
        if (!read && StringUtils.hasText(folder) && Files.isDirectory(Path.of(folder))) {
            List<String> problems = problems(Path.of(folder), environment);
            if (!problems.isEmpty()) {
                throw new InvalidSettings(problems);
            }
        }
    }

    static List<String> problems(Path folder, Environment environment) {
        List<String> problems = new ArrayList<>();
        boolean live = environment.getProperty("relay.routes.live", Boolean.class, false);
        if (live && !environment.acceptsProfiles(Profiles.of("sandbox"))) {
            OpenFolder.found(folder).ifPresent(open -> problems.add("RELAY_ROUTES_LIVE edits a folder that others can write, " + open));
        }
        Set<Finding> findings = new TreeSet<>();
        Flows flows = Flows.read(new Edition(whatCamelLoads(folder)), finding -> {
            if (!finding.message().startsWith("the file is empty")) {
                findings.add(finding);
            }
        });
        new SafetyRule(new OnlySettings(environment)).check(flows, findings::add);
        findings.stream().limit(TOLD).forEach(finding -> problems.add("the routes in " + folder + " do what flows may not do: " + finding));
        if (findings.size() > TOLD) {
            problems.add("and so on: " + findings.size() + " findings in all, 'validate " + folder + "' lists them");
        }
        return problems;
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
