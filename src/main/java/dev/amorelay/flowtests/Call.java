package dev.amorelay.flowtests;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A call that the relay made.
 *
 * @param system {@code amocrm}, {@code telegram} or {@code mail}
 * @param method of HTTP; empty for a mail
 * @param path of amoCRM, Telegram's method, or the mail's recipient
 * @param query undecoded, empty for none
 * @param body as JSON; a text where it is none; of a mail {@code {to, subject, text}}
 * @param answer what became of it, for people
 */
record Call(String system, String method, String path, String query, JsonNode body, String answer) {

    @Override
    public String toString() {
        return (system + " " + method + " " + path).replace("  ", " ") + (query.isEmpty() ? "" : "?" + query)
                + (body.isMissingNode() || body.isNull() ? "" : " " + Texts.brief(body)) + (answer.isEmpty() ? "" : " → " + answer);
    }
}
