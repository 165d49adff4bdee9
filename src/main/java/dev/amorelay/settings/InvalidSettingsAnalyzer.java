package dev.amorelay.settings;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints all that is wrong with the settings as a list, without a stack trace. */
class InvalidSettingsAnalyzer extends AbstractFailureAnalyzer<InvalidSettings> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettings cause) {
        int count = cause.problems().size();
        String heading = "The settings do not allow a start, " + (count == 1 ? "1 thing is" : count + " things are") + " wrong:";
        return new FailureAnalysis(heading + "\n\n  - " + String.join("\n  - ", cause.problems()),
                "Set these environment variables (.env.example explains each) and start again. "
                        + "To try amo-relay without an amoCRM account, leave AMOCRM_SUBDOMAIN and AMOCRM_BASE_URL out: the sandbox starts.",
                cause);
    }
}
