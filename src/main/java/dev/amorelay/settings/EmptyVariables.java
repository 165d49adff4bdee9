package dev.amorelay.settings;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.env.SystemEnvironmentPropertySourceEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.StringUtils;

/** Takes an empty environment variable for an absent one: docker compose passes empty strings for what .env does not name. */
class EmptyVariables implements EnvironmentPostProcessor, Ordered {

    private static final String SOURCE = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    @Override
    public int getOrder() {
        // Boot wraps the variables next, and reads them from then on
        return SystemEnvironmentPropertySourceEnvironmentPostProcessor.DEFAULT_ORDER - 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        PropertySource<?> variables = environment.getPropertySources().get(SOURCE);
        if (variables instanceof EnumerablePropertySource<?> source) {
            Map<String, Object> given = new TreeMap<>();
            for (String name : source.getPropertyNames()) {
                Object value = source.getProperty(name);
                if (value != null && StringUtils.hasText(value.toString())) {
                    given.put(name, value);
                }
            }
            environment.getPropertySources().replace(SOURCE, new SystemEnvironmentPropertySource(SOURCE, given));
        }
    }
}
