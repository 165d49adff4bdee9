package dev.amorelay.settings;

import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;

/** Chooses the sandbox when it is named, or no amoCRM account is, before the configuration files are read. */
class SandboxProfile implements EnvironmentPostProcessor, Ordered {

    /** The profile's name. */
    static final String NAME = "sandbox";
    /** The variable that chooses it, or rules it out. */
    static final String NAMED = "RELAY_PROFILE";

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER - 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String named = environment.getProperty(NAMED);
        if (StringUtils.hasText(named)) {
            // any other name means the real thing, account or none: SettingsCheck says what is missing
            if (named.strip().equals(NAME)) {
                environment.addActiveProfile(NAME);
            }
            return;
        }
        boolean account = Stream.of("AMOCRM_SUBDOMAIN", "AMOCRM_BASE_URL", "relay.amocrm.subdomain", "relay.amocrm.base-url")
                .anyMatch(name -> StringUtils.hasText(environment.getProperty(name)));
        if (!account) {
            environment.addActiveProfile(NAME);
        }
    }
}
