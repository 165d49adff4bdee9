package dev.amorelay.amocrm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** The wire under the token calls. It knows no retries and follows no redirects. */
interface OAuthHttp {

    /**
     * An answer.
     *
     * @param status HTTP status
     * @param body as it came
     */
    record Answer(int status, String body) {

        /** @return the status only: the body may hold tokens */
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    /**
     * The request never left.
     */
    class NotSent extends RuntimeException {

        NotSent(String how) {
            super(how, null, false, false);
        }
    }

    /**
     * Posts JSON.
     *
     * @param to where
     * @param body what
     * @return the answer, whatever its status
     * @throws NotSent when it never left
     * @throws AnswerLost when it may have been read
     */
    Answer post(URI to, JsonNode body);

    /**
     * Asks where an account lives.
     *
     * @param from the address
     * @param refreshToken sent as X-Refresh-Token
     * @return the answer, whatever its status
     * @throws NotSent when it never left
     * @throws AnswerLost when there is no answer
     */
    Answer subdomain(URI from, String refreshToken);
}
