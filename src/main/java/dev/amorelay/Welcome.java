package dev.amorelay;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** The last lines of a start: where to look. */
@Component
class Welcome {

    private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);

    private final Environment environment;

    Welcome(Environment environment) {
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void tellWhereToLook() {
        String doors = "http://localhost:" + environment.getProperty("local.server.port", "8080");
        LOG.info("Doors:   POST {}/api/ingest/leads · POST {}/webhook/amocrm · GET {}/health", doors, doors, doors);
        LOG.info("Hawtio:  http://localhost:{}/actuator/hawtio (user admin{})",
                environment.getProperty("local.management.port", "8081"), isBuiltIn(environment.getProperty("relay.admin-password")) ? ", password sandbox" : "");
        if (isSandbox()) {
            LOG.info("Sandbox: {}/sandbox — no amoCRM account is configured, so nothing leaves this process", doors);
        }
    }

    /** Only the sandbox's own password is no secret. */
    private boolean isBuiltIn(String password) {
        return isSandbox() && "sandbox".equals(password);
    }

    private boolean isSandbox() {
        return environment.acceptsProfiles(Profiles.of("sandbox"));
    }
}
