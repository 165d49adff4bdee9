package dev.amorelay.amocrm;

import dev.amorelay.work.Later;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** amoCRM cannot serve this now: down, too busy, blocked, or our token is not accepted. What is wrong and what helps. */
public class CrmUnavailable extends Later {

    private static final Pattern SETTING = Pattern.compile("\\{([a-z-]+)}");

    private final Trouble trouble;
    private final String cause;
    private final String remedy;

    /** What keeps amoCRM from serving us, and what a person can do about it. */
    public enum Trouble {
        /** 401. */
        AUTH_REQUIRED("amoCRM не принимает токен", "выпустите новый долгосрочный токен и запишите его в {access-token}"),
        /** 402. */
        UNPAID("аккаунт amoCRM не оплачен", "оплатите аккаунт"),
        /** 403. */
        BLOCKED("amoCRM заблокировала запросы интеграции или её адрес", "обратитесь в поддержку amoCRM; запросы приостановлены"),
        /** 429. */
        TOO_FAST("amoCRM просит делать запросы реже", "ничего: релей подождёт сам"),
        /** 400 or 422 that blames nothing that was sent. */
        REFUSED("amoCRM отклоняет записи и не называет, что в них неверно",
                "проверьте, что пробный период и тариф не кончились и что пользователь токена вправе создавать сделки; работа ждёт и уйдёт сама"),
        /** 5xx, no answer. */
        DOWN("amoCRM не отвечает", "ничего: релей повторит сам; проверьте адрес аккаунта и сеть, если это длится долго"),
        /** Anything that API v4 does not answer. */
        UNEXPECTED("по адресу аккаунта отвечает не API amoCRM", "проверьте {subdomain} или {base-url}");

        private final String cause;
        private final String remedy;

        Trouble(String cause, String remedy) {
            this.cause = cause;
            this.remedy = remedy;
        }

        /** @return what is wrong, a Russian sentence */
        public String cause() {
            return cause;
        }

        /** @return what to do about the default account, a Russian sentence */
        public String remedy() {
            return remedy(Accounts.DEFAULT);
        }

        /**
         * What to do about an account.
         *
         * @param account its configured name
         * @return a Russian sentence that names the account's own settings
         */
        public String remedy(String account) {
            return SETTING.matcher(remedy).replaceAll(named -> Matcher.quoteReplacement(Account.setting(account, named.group(1))));
        }
    }

    /**
     * @param trouble what keeps amoCRM from serving us
     * @param detail what was called and answered, without personal data
     * @param delay how long to wait at least; null = the usual backoff
     */
    public CrmUnavailable(Trouble trouble, String detail, @Nullable Duration delay) {
        this(trouble, trouble.cause(), trouble.remedy(), detail, delay);
    }

    /**
     * @param account the configured name of the account
     * @param trouble what keeps amoCRM from serving us
     * @param detail what was called and answered, without personal data
     * @param delay how long to wait at least; null = the usual backoff
     */
    public CrmUnavailable(String account, Trouble trouble, String detail, @Nullable Duration delay) {
        this(trouble, trouble.cause(), trouble.remedy(account), detail, delay);
    }

    /**
     * @param trouble what keeps amoCRM from serving us
     * @param cause what is wrong, a Russian sentence that says more than the trouble's own
     * @param remedy what to do, a Russian sentence
     * @param detail what was called and answered, without personal data
     * @param delay how long to wait at least; null = the usual backoff
     */
    public CrmUnavailable(Trouble trouble, String cause, String remedy, String detail, @Nullable Duration delay) {
        super(cause + ": " + detail, delay);
        this.trouble = trouble;
        this.cause = cause;
        this.remedy = remedy;
    }

    /** @return whether amoCRM was not even asked, because our own budget is used up */
    public boolean isOwnBudget() {
        return false;
    }

    /** @return whether amoCRM has answered 429 and does not say for how long: calls go on, slower */
    boolean asksForFewerCalls() {
        return trouble == Trouble.TOO_FAST && delay() == null && !isOwnBudget();
    }

    /** The pace of the account's calls is enough of a wait; what is wrong with the windows is wrong with no row. */
    @Override
    public boolean isPaced() {
        return trouble == Trouble.TOO_FAST;
    }

    /** @return what keeps amoCRM from serving us */
    public Trouble trouble() {
        return trouble;
    }

    /** @return what is wrong, a Russian sentence */
    public String cause() {
        return cause;
    }

    /** @return what to do, a Russian sentence */
    public String remedy() {
        return remedy;
    }
}
