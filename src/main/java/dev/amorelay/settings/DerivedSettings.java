package dev.amorelay.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.StringUtils;

/** Works out what follows from the settings: where the routes lie, which proxies the connector trusts, and whose clock counts. */
class DerivedSettings implements EnvironmentPostProcessor, Ordered {

    private static final Path ROUTES = Path.of("routes");

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> derived = new LinkedHashMap<>();
        String base = routes(environment.getProperty("relay.routes-dir"));
        derived.put("relay.routes.folder", base.startsWith("file:") ? base.substring("file:".length()) : "");
        derived.put("relay.routes.pattern", pattern(base));
        derived.put("relay.routes.kamelets", base + "/kamelets");
        derived.put("relay.time-zone", RelayZone.LAST_DEFAULT);
        derived.put("relay.trusted-proxies-pattern", TrustedProxies.pattern(environment.getProperty("relay.trusted-proxies")));
        // last: whoever sets one of these by hand wins
        environment.getPropertySources().addLast(new MapPropertySource("derivedSettings", derived));
    }

    /** The jar's own files are named one by one: Camel would unpack all of the jar to find them, which took half of a start. */
    private static String pattern(String base) {
        return base.startsWith("file:") ? base + "/**/*.camel.yaml"
                : Stream.of("", "/errors").flatMap(folder -> files(base + folder)).collect(Collectors.joining(","));
    }

    private static Stream<String> files(String folder) {
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(folder + "/*.camel.yaml"))
                    .map(file -> folder + "/" + file.getFilename()).sorted();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String routes(String folder) {
        if (StringUtils.hasText(folder)) {
            return "file:" + folder.trim();
        }
        return Files.isDirectory(ROUTES) ? "file:" + ROUTES : "classpath:routes";
    }
}
