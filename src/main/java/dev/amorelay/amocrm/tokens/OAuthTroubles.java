package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import java.net.URI;
import java.time.Duration;

/** What can be wrong with the tokens of an account, with cause and remedy in plain words. */
final class OAuthTroubles {

    private static final Duration PROBE = Duration.ofMinutes(1);
    private static final Duration RARE_PROBE = Duration.ofMinutes(10);

    private OAuthTroubles() {
    }

    /** Neither a long-lived token nor OAuth is configured. */
    static CrmUnavailable notConfigured(Account account) {
        return told(Trouble.AUTH_REQUIRED, "у аккаунта нет токена", "задайте долгосрочный токен (" + account.setting("access-token")
                + ") или " + integration(account) + " и " + account.setting("redirect-uri"), "no token is configured", PROBE);
    }

    /** Nobody has given the consent yet, or the integration was switched off. */
    static CrmUnavailable noPair(Account account) {
        return told(Trouble.AUTH_REQUIRED, "интеграции ещё не дан доступ к аккаунту", "дайте доступ: " + link(account),
                "no tokens are stored", PROBE);
    }

    /** The stored pair belongs to another integration. */
    static CrmUnavailable otherIntegration(Account account) {
        return told(Trouble.AUTH_REQUIRED, "сохранённые токены получены другой интеграцией, не той, что в " + account.setting("client-id"),
                "верните прежний " + account.setting("client-id") + " или дайте доступ заново: " + link(account),
                "tokens of another integration are stored", PROBE);
    }

    /** The stored pair does not open with the configured secret. */
    static CrmUnavailable otherSecret(Account account) {
        return told(Trouble.AUTH_REQUIRED, "сохранённые токены зашифрованы не тем ключом, что в " + account.setting("client-secret"),
                "верните прежний " + account.setting("client-secret") + " или дайте доступ заново: " + link(account),
                "the stored tokens do not open", PROBE);
    }

    /** amoCRM told that the integration was switched off. */
    static CrmUnavailable uninstalled(Account account) {
        return told(Trouble.AUTH_REQUIRED, "интеграцию отключили в amoCRM", account.settings().usesOAuth()
                ? "включите её и дайте доступ заново: " + link(account)
                : "включите её и выпустите новый долгосрочный токен (" + account.setting("access-token") + ")",
                "uninstall hook", PROBE);
    }

    /** Even a fresh token is answered 401. */
    static CrmUnavailable freshTokenRefused(Account account) {
        return told(Trouble.AUTH_REQUIRED, "amoCRM не принимает и обновлённый токен",
                "проверьте, включена ли интеграция и есть ли права у давшего доступ; затем дайте доступ заново: " + link(account),
                "401 after a refresh", PROBE);
    }

    /** A code came again that was exchanged before. */
    static CrmUnavailable codeUsed(Account account) {
        return told(Trouble.AUTH_REQUIRED, "код доступа уже использован", "если доступа ещё нет, дайте его заново: " + link(account),
                "the code was used before", PROBE);
    }

    /** The refresh takes another thread or node too long. */
    static CrmUnavailable stillRefreshing() {
        return told(Trouble.DOWN, "обновление токена ещё не закончено", "ничего: релей подождёт сам", "refresh in progress", null);
    }

    /** No answer to a token call. */
    static CrmUnavailable silent(String detail) {
        return told(Trouble.DOWN, "amoCRM не отвечает на запрос токена", Trouble.DOWN.remedy(), detail, null);
    }

    /**
     * A refusal of a code or of a refresh token.
     *
     * @param account whose token it was
     * @param refusal what amoCRM answered
     * @param ofCode whether a code was exchanged
     * @return what to tell
     */
    static CrmUnavailable of(Account account, OAuthRefusal refusal, boolean ofCode) {
        String detail = refusal.getMessage();
        return switch (refusal.refused()) {
            case TOKEN -> tokenRefused(account, refusal, ofCode);
            case REDIRECT -> told(Trouble.AUTH_REQUIRED, "amoCRM не принимает запрос токена: вероятно, адрес перенаправления не тот, что в интеграции",
                    "впишите в " + account.setting("redirect-uri") + " адрес из настроек интеграции буква в букву, с косой чертой в конце,"
                    + " если она там есть", detail, PROBE);
            case CLIENT -> told(Trouble.AUTH_REQUIRED, "amoCRM не узнаёт интеграцию: " + integration(account)
                    + " не те, которыми выпущен токен", "сверьте их с вкладкой «Ключи и доступы» интеграции, и что она создана на той же площадке"
                    + " (amoCRM или Kommo); если аккаунт бесплатный или не оплачен, оплатите его", detail, PROBE);
            case ELSE -> byStatus(account, refusal);
        };
    }

    private static CrmUnavailable tokenRefused(Account account, OAuthRefusal refusal, boolean ofCode) {
        String cause = "доступ отозван или истёк: токен не обновлялся три месяца, обновлён другой программой или отозван в amoCRM";
        if (ofCode) {
            cause = "код доступа уже использован, просрочен (он живёт 20 минут) или повреждён";
        } else if (refusal.followsLostAnswer()) {
            cause = "ответ amoCRM с новыми токенами потерялся, а прежние она больше не принимает";
        }
        return told(Trouble.AUTH_REQUIRED, cause, "дайте доступ заново: " + link(account), refusal.getMessage(), PROBE);
    }

    private static CrmUnavailable byStatus(Account account, OAuthRefusal refusal) {
        String detail = refusal.getMessage();
        return switch (refusal.status()) {
            case 402 -> usual(account, Trouble.UNPAID, detail, RARE_PROBE);
            case 403 -> usual(account, Trouble.BLOCKED, detail, RARE_PROBE);
            case 404 -> told(Trouble.UNEXPECTED, "по адресу аккаунта нет аккаунта amoCRM: он удалён или переименован",
                    "проверьте " + account.setting("subdomain") + " или " + account.setting("base-url") + " и дайте доступ заново: "
                    + link(account), detail, PROBE);
            case 429 -> usual(account, Trouble.TOO_FAST, detail, refusal.retryAfter());
            default -> usual(account, Trouble.UNEXPECTED, detail, PROBE);
        };
    }

    private static CrmUnavailable usual(Account account, Trouble trouble, String detail, Duration delay) {
        return new CrmUnavailable(account.name(), trouble, detail, delay);
    }

    /** Where a person gets the consent link. */
    static String link(Account account) {
        String path = "/api/admin/oauth/link" + (Accounts.DEFAULT.equals(account.name()) ? "" : "?account=" + account.name());
        return "ссылку выдаёт " + origin(account.settings().redirectUri()) + path + " (с паролем администратора)";
    }

    private static String origin(String redirect) {
        if (redirect == null || redirect.isBlank()) {
            return "";
        }
        URI uri = URI.create(redirect);
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    private static String integration(Account account) {
        return account.setting("client-id") + " и " + account.setting("client-secret");
    }

    private static CrmUnavailable told(Trouble trouble, String cause, String remedy, String detail, Duration delay) {
        return new CrmUnavailable(trouble, cause, remedy, detail, delay);
    }
}
