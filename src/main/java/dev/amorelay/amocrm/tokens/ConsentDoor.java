package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.tokens.OneTimeUses.Kind;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Where amoCRM's consent page leads back to (facts §1.2): {@code code, referer, state, client_id, from_widget, error}.
 * A stranger can call it with anything: a code is exchanged only for an account that is ours by a signed state, or,
 * when amoCRM itself calls after an installation, by client id and host. A state and a code count once.
 */
@Component("consentDoor")
public class ConsentDoor {

    private static final Logger LOG = LoggerFactory.getLogger(ConsentDoor.class);

    private final Accounts accounts;
    private final ConsentState states;
    private final CrmHosts hosts;
    private final CodeExchange exchange;
    private final HurriedExchange hurried;
    private final OneTimeUses uses;

    ConsentDoor(Accounts accounts, ConsentState states, CrmHosts hosts, CodeExchange exchange, HurriedExchange hurried, OneTimeUses uses) {
        this.uses = uses;
        this.accounts = accounts;
        this.states = states;
        this.hosts = hosts;
        this.exchange = exchange;
        this.hurried = hurried;
    }

    /**
     * Takes a redirect.
     *
     * @param query of the request, undecoded; null for none
     * @return the page that says how it went
     */
    public Page receive(@Body @Nullable String query) {
        QueryParameters told = QueryParameters.of(query);
        try {
            if (told.get("error").isPresent()) {
                return declined(told);
            }
            if (!told.hasAll("code", "referer")) {
                return Page.of(400, "Здесь ничего нет", "Сюда amoCRM возвращает после выдачи доступа. Откройте ссылку для выдачи доступа.");
            }
            return told.get("state").isPresent() || !told.get("from_widget").isPresent() ? fromBrowser(told) : fromInstallation(told);
        } catch (ConsentFailed failed) {
            LOG.warn("consent without result: {}", failed.getMessage());
            return Page.of(400, "Доступ не получен", sentence(failed.getMessage()), sentence(failed.remedy()));
        } catch (CrmUnavailable unavailable) {
            LOG.warn("consent without result: {}", unavailable.getMessage());
            return Page.of(502, "Доступ не получен", sentence(unavailable.cause()), "Что делать: " + unavailable.remedy() + ".");
        }
    }

    private Page fromBrowser(QueryParameters told) {
        Account account = told.get("state").flatMap(state -> states.accountOf(state, Instant.now()))
                .orElseThrow(() -> new ConsentFailed("эта ссылка не от релея, изменена или старше получаса",
                        "возьмите у релея новую ссылку для выдачи доступа и откройте её"));
        if (!told.get("client_id").orElse(account.settings().clientId()).equals(account.settings().clientId())) {
            throw new ConsentFailed("доступ дан другой интеграции", "дайте его той, чей client_id задан в настройках релея");
        }
        String address = address(account, told);
        String code = told.get("code").orElseThrow();
        if (!uses.claim(Kind.STATE, told.get("state").orElseThrow())) {
            if (exchange.isUsed(code)) {
                throw OAuthTroubles.codeUsed(account);
            }
            throw new ConsentFailed("эта ссылка уже использована", "возьмите у релея новую ссылку для выдачи доступа и откройте её");
        }
        return given(account, () -> exchange.exchange(account, address, code, false));
    }

    /** amoCRM calls from server to server, without a state, and waits 3 s (facts §1.2). */
    private Page fromInstallation(QueryParameters told) {
        Account account = installed(told).orElseThrow(() -> new ConsentFailed("интеграция или аккаунт не наши",
                "сверьте client_id и адрес аккаунта с настройками релея"));
        String address = address(account, told);
        return given(account, () -> hurried.exchange(account, address, told.get("code").orElseThrow()));
    }

    private Optional<Account> installed(QueryParameters told) {
        return accounts.all().stream().filter(account -> account.settings().usesOAuth())
                .filter(account -> told.get("client_id").filter(account.settings().clientId()::equals).isPresent())
                .filter(account -> hosts.isHostOf(account, host(told))).findFirst();
    }

    private String address(Account account, QueryParameters told) {
        return hosts.addressOf(account, host(told)).orElseThrow(() -> new ConsentFailed("адрес аккаунта в ответе не принадлежит amoCRM",
                "откройте ссылку для выдачи доступа снова; если это повторится, её кто-то подменяет"));
    }

    private static Page given(Account account, Supplier<String> exchange) {
        String address = exchange.get();
        return Page.of(200, address.isEmpty() ? "Код принят, доступ оформляется" : "Доступ получен",
                "Релей подключён к amoCRM, аккаунт «" + account.name() + "»" + (address.isEmpty() ? "" : ": " + address) + ". Эту страницу можно закрыть.");
    }

    private static Page declined(QueryParameters told) {
        boolean denied = told.get("error").filter("access_denied"::equals).isPresent();
        LOG.warn("consent refused: {}", denied ? "access_denied" : "another error");
        return Page.of(200, "Доступ не выдан", denied ? "В amoCRM нажали «Отклонить»." : "amoCRM сообщила об ошибке.",
                "Без доступа релей не может работать с аккаунтом. Чтобы выдать его, откройте ссылку ещё раз.");
    }

    private static String host(QueryParameters told) {
        return told.get("referer").orElse("").toLowerCase(Locale.ROOT);
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }
}
