package dev.amorelay.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/** Works out what follows from the settings: where the routes lie, and which proxies the connector trusts. */
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
        derived.put("relay.trusted-proxies-pattern", TrustedProxies.pattern(environment.getProperty("relay.trusted-proxies")));
        // last: whoever sets one of these by hand wins
        environment.getPropertySources().addLast(new MapPropertySource("derivedSettings", derived));
    }

    /** Camel loses the folder between when it searches a jar in a jar, so the jar's own folders are named. */
    private static String pattern(String base) {
        return base.startsWith("file:") ? base + "/**/*.camel.yaml" : base + "/*.camel.yaml," + base + "/errors/*.camel.yaml";
    }

    private static String routes(String folder) {
        if (StringUtils.hasText(folder)) {
            return "file:" + folder.trim();
        }
        return Files.isDirectory(ROUTES) ? "file:" + ROUTES : "classpath:routes";
    }
}
