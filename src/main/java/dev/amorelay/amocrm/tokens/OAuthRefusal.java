package dev.amorelay.amocrm.tokens;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * amoCRM answered a token call with something else than tokens. Status and hint tell what is wrong; the titles are
 * localised and tell nothing.
 */
class OAuthRefusal extends RuntimeException {

    private final int status;
    private final String hint;
    private final transient Duration retryAfter;
    private final boolean afterLostAnswer;

    /**
     * @param status HTTP status
     * @param hint of the problem JSON; empty for none
     * @param retryAfter how long amoCRM asks to wait; null where it does not
     */
    OAuthRefusal(int status, String hint, @Nullable Duration retryAfter) {
        this(status, hint, retryAfter, false);
    }

    private OAuthRefusal(int status, String hint, Duration retryAfter, boolean afterLostAnswer) {
        super("POST /oauth2/access_token → " + status + (hint.isEmpty() ? "" : ", " + hint), null, false, false);
        this.status = status;
        this.hint = hint;
        this.retryAfter = retryAfter;
        this.afterLostAnswer = afterLostAnswer;
    }

    /** @return the same, told of the second try after a first that was not answered */
    OAuthRefusal afterLostAnswer() {
        return new OAuthRefusal(status, hint, retryAfter, true);
    }

    /** @return HTTP status */
    int status() {
        return status;
    }

    /** @return how long amoCRM asks to wait; null where it does not */
    @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** @return whether an earlier try with the same token may have worked without our getting the answer */
    boolean followsLostAnswer() {
        return afterLostAnswer;
    }

    /** What amoCRM refuses. */
    enum Refused { TOKEN, REDIRECT, CLIENT, ELSE }

    /** @return what is refused: the hint tells, and where there is none, 400 is the redirect address, 401 the integration */
    Refused refused() {
        String told = hint.toLowerCase(Locale.ROOT);
        if (status != 400 && status != 401) {
            return Refused.ELSE;
        } else if (told.contains("redirect")) {
            return Refused.REDIRECT;
        } else if (told.contains("client")) {
            return Refused.CLIENT;
        } else if (told.isEmpty()) {
            return status == 400 ? Refused.REDIRECT : Refused.CLIENT;
        }
        return Refused.TOKEN;
    }

    /** @return whether the account may have moved to another host (facts §1.6); a revoked token is revoked everywhere */
    boolean mayBeRenamed() {
        String told = hint.toLowerCase(Locale.ROOT);
        boolean dead = told.contains("revoked") || told.contains("expired") || told.contains("decrypt");
        return status == 404 || status == 401 && !dead;
    }
}
