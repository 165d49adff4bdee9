package dev.amorelay.amocrm.tokens;

import java.time.Duration;

/**
 * A pair as amoCRM gave it.
 *
 * @param access opens the API
 * @param refresh works once
 * @param life of the access token
 */
record TokenPair(String access, String refresh, Duration life) {

    /** @return nothing of the tokens */
    @Override
    public String toString() {
        return "TokenPair[" + life + "]";
    }
}
