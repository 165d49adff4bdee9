package dev.amorelay.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints why the embedded database did not start, without a stack trace. */
class DatabaseStartFailureAnalyzer extends AbstractFailureAnalyzer<DatabaseStartFailed> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DatabaseStartFailed cause) {
        return new FailureAnalysis(cause.getMessage(),
                "Settle this and start again, or give DATABASE_URL to use a PostgreSQL server of your own.", cause);
    }
}
