package dev.amorelay.reconciliation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.doors.AdminAnswer;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What the admin asks for: {@code {"account": "default", "from": "2026-11-20T09:00:00+03:00", "to": …}}, all of it optional. */
final class Wish {

    private final JsonNode told;
    private final Accounts accounts;

    private Wish(JsonNode told, Accounts accounts) {
        this.told = told;
        this.accounts = accounts;
    }

    /** What cannot be done. */
    static final class Wrong extends RuntimeException {

        private final AdminAnswer answer;

        private Wrong(int status, String cause, String remedy) {
            super(cause);
            this.answer = AdminAnswer.error(status, cause, remedy);
        }

        /** @return the refusal */
        AdminAnswer answer() {
            return answer;
        }
    }

    /**
     * Reads a wish.
     *
     * @param body JSON, or nothing
     * @param contentType must be JSON: a foreign page cannot make a browser send that
     * @param accounts those that can be named
     * @throws Wrong when it is none
     */
    static Wish of(byte[] body, String contentType, Accounts accounts) {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new Wrong(415, "тело должно быть JSON", "задайте Content-Type: application/json; пустой запрос — {}");
        }
        try {
            JsonNode told = body == null || body.length == 0 ? Json.object() : Json.MAPPER.readTree(body);
            if (!told.isObject()) {
                throw new Wrong(400, "тело должно быть объектом JSON", "пустой запрос — {}");
            }
            return new Wish(told, accounts);
        } catch (IOException e) {
            throw new Wrong(400, "тело не читается как JSON", "пустой запрос — {}");
        }
    }

    /** @return the account that is named, else all */
    Collection<Account> accounts() {
        String name = told.path("account").asText("");
        if (name.isBlank()) {
            return accounts.all();
        }
        if (!accounts.names().contains(name)) {
            throw new Wrong(404, "нет такого аккаунта", "проверьте имя: " + String.join(", ", accounts.names()));
        }
        return List.of(accounts.named(name));
    }

    /**
     * A moment.
     *
     * @param key where it stands: ISO 8601 with an offset, or unix seconds
     * @param otherwise where it does not
     */
    Instant moment(String key, Instant otherwise) {
        String text = told.path(key).asText("").strip();
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return text.matches("\\d{1,11}") ? Instant.ofEpochSecond(Long.parseLong(text)) : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new Wrong(400, "не понимаю время в поле " + key, "задайте как 2026-11-20T09:00:00+03:00 или в секундах unix");
        }
    }
}
