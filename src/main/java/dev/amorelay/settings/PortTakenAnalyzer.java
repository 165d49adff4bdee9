package dev.amorelay.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Says which port another program has, and which setting chooses another; without a stack trace. */
class PortTakenAnalyzer extends AbstractFailureAnalyzer<PortInUseException> implements Ordered {

    private final Environment environment;

    PortTakenAnalyzer(Environment environment) {
        this.environment = environment;
    }

    /** Before Spring Boot's own, which knows no variable of ours. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
        int port = cause.getPort();
        String use = "the doors";
        String setting = "SERVER_PORT";
        if (is("management.server.port", port)) {
            use = "health, metrics and Hawtio";
            setting = "MANAGEMENT_PORT";
        } else if (is("sandbox.smtp-port", port)) {
            use = "the sandbox's mail server";
            setting = "SANDBOX_SMTP_PORT";
        }
        return new FailureAnalysis("Port " + port + ", meant for " + use + ", is taken by another program, perhaps by another amo-relay.",
                "End that program, or set " + setting + " to a free port, and start again.", cause);
    }

    private boolean is(String property, int port) {
        return String.valueOf(port).equals(environment.getProperty(property));
    }
}
