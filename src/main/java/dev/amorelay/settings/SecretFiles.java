package dev.amorelay.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.env.SystemEnvironmentPropertySourceEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Secrets from files, as Docker and Kubernetes hand them over: {@code SMTP_PASSWORD_FILE=/run/secrets/smtp} is read and counts as
 * {@code SMTP_PASSWORD}. So for each secret of the relay and of its database; a file that cannot be read, or one beside its own
 * variable, stops the start.
 */
class SecretFiles implements EnvironmentPostProcessor, Ordered {

    private static final String SOURCE = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
    private static final String SUFFIX = "_FILE";
    private static final long LONGEST = 64 * 1024L;

    /** After empty variables are gone, and before anything is read of them. */
    @Override
    public int getOrder() {
        return SystemEnvironmentPropertySourceEnvironmentPostProcessor.DEFAULT_ORDER - 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        PropertySource<?> variables = environment.getPropertySources().get(SOURCE);
        if (!(variables instanceof EnumerablePropertySource<?> source)) {
            return;
        }
        Map<String, Object> given = new TreeMap<>();
        for (String name : source.getPropertyNames()) {
            given.put(name, source.getProperty(name));
        }
        List<String> problems = new ArrayList<>();
        Map<String, Object> read = new TreeMap<>(given);
        given.forEach((name, file) -> {
            String secret = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
            if (isOurs(secret)) {
                if (given.containsKey(secret)) {
                    problems.add(name + " and " + secret + " are both set: keep one of them");
                }
                read(name, String.valueOf(file), problems, text -> read.put(secret, text));
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        if (!read.equals(given)) {
            environment.getPropertySources().replace(SOURCE, new SystemEnvironmentPropertySource(SOURCE, read));
        }
    }

    private static boolean isOurs(String variable) {
        return variable.matches("(?:RELAY|AMOCRM|SMTP|TELEGRAM|DATABASE)_[A-Z0-9_]+") && Secrets.isSecret(variable);
    }

    private static void read(String name, String file, List<String> problems, Consumer<String> taker) {
        try {
            Path path = Path.of(file.strip());
            if (Files.size(path) > LONGEST) {
                problems.add(name + " names a file that is too long for a secret");
                return;
            }
            // editors and echo put a line break after it
            String text = Files.readString(path, StandardCharsets.UTF_8).stripTrailing();
            if (text.isEmpty()) {
                problems.add(name + " names an empty file");
            } else {
                taker.accept(text);
            }
        } catch (IOException | InvalidPathException e) {
            problems.add(name + " names a file that cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
