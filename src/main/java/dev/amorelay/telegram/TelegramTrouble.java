package dev.amorelay.telegram;

import static org.apache.camel.util.ObjectHelper.getException;

import dev.amorelay.settings.RelaySettings;
import dev.amorelay.telegram.BotApiConnection.NotSent;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Since when nothing can be sent to Telegram, and why: a row that all nodes share. While it is there, effects of the kinds
 * {@code telegram.…} are claimed by nobody, so that they keep their order and none is worn out; {@link TelegramWatch} ends it.
 */
@Component
public class TelegramTrouble implements Reach {

    private static final Logger LOG = LoggerFactory.getLogger(TelegramTrouble.class);
    private static final String TOKEN = "Проверьте TELEGRAM_BOT_TOKEN: новый токен даёт BotFather";

    private final JdbcTemplate jdbc;
    private final boolean hasProxy;
    private volatile boolean lost;

    /** What is wrong. */
    public enum State {
        /** Nothing gets there, or nothing comes back. */
        UNREACHABLE("unreachable"),
        /** Telegram does not know the bot's token. */
        TOKEN_REFUSED("token-refused");

        private final String code;

        State(String code) {
            this.code = code;
        }
    }

    /**
     * What is known of it.
     *
     * @param state {@code unreachable} or {@code token-refused}
     * @param since when it began
     * @param cause what is wrong, a Russian sentence
     * @param remedy what helps
     */
    public record Known(String state, Instant since, String cause, String remedy) {
    }

    /**
     * @param jdbc the relay's database
     * @param relay whether there is a proxy
     */
    public TelegramTrouble(JdbcTemplate jdbc, RelaySettings relay) {
        this.jdbc = jdbc;
        this.hasProxy = relay.telegram().proxy() != null && !relay.telegram().proxy().isBlank();
    }

    /** Whoever remembers trouble looks whether another node has found it over. */
    @Override
    public boolean isLost() {
        return lost && look().isPresent();
    }

    @Override
    public void lost(NotSent failure) {
        ProxyRefused proxy = getException(ProxyRefused.class, failure);
        begin(State.UNREACHABLE, cause(failure, proxy), proxy != null && proxy.isLogin()
                ? "Проверьте имя и пароль в TELEGRAM_PROXY" : remedy());
    }

    @Override
    public void silent(IOException failure) {
        // a connection that breaks once is no state
        if (getException(SocketTimeoutException.class, failure) != null) {
            begin(State.UNREACHABLE, "Telegram не отвечает: соединение есть, ответа нет", remedy());
        }
    }

    @Override
    public void answered(RuntimeException refusal) {
        if (refusal instanceof TokenRefused) {
            begin(State.TOKEN_REFUSED, "Telegram не знает токен бота", TOKEN);
        } else if (refusal instanceof ForeignAnswer) {
            begin(State.UNREACHABLE, "вместо Telegram отвечает кто-то другой: возможно, страница блокировки", remedy());
        }
    }

    private static String cause(NotSent failure, ProxyRefused proxy) {
        if (proxy != null) {
            return proxy.isLogin() ? "прокси для Telegram не принимает имя или пароль" : "прокси для Telegram не соединяет: " + proxy.getMessage();
        }
        if (getException(UnknownHostException.class, failure) != null) {
            return "имя сервера Telegram или прокси не находится";
        }
        if (getException(SSLException.class, failure) != null) {
            return "защищённое соединение с Telegram не устанавливается";
        }
        return "соединение с Telegram не устанавливается";
    }

    private String remedy() {
        return hasProxy ? "Проверьте, что прокси из TELEGRAM_PROXY работает и достаёт до Telegram"
                : "Если хостинг не пускает к Telegram, задайте TELEGRAM_PROXY или свой адрес Bot API в TELEGRAM_BASE_URI";
    }

    private void begin(State state, String cause, String remedy) {
        lost = true;
        try {
            int news = jdbc.update("INSERT INTO telegram_trouble (state, cause, remedy) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    state.code, cause, remedy);
            if (news == 1) {
                LOG.error("Telegram: {}. {}. Messages wait until it is over", cause, remedy);
            }
        } catch (DataAccessException e) {
            LOG.debug("Telegram's trouble cannot be noted now", e);
        }
    }

    /** @return what all nodes know of it; empty while all is well */
    public Optional<Known> look() {
        Optional<Known> known = jdbc.query("SELECT * FROM telegram_trouble", TelegramTrouble::known).stream().findFirst();
        lost = known.isPresent();
        return known;
    }

    /** Telegram serves again. */
    public void end() {
        jdbc.query("DELETE FROM telegram_trouble RETURNING *", TelegramTrouble::known)
                .forEach(over -> LOG.info("Telegram: serves again, after {} s; {} messages go out now",
                        Duration.between(over.since(), Instant.now()).toSeconds(), waiting()));
        lost = false;
    }

    /** @return how many messages wait */
    public long waiting() {
        Long count = jdbc.queryForObject("SELECT count(*) FROM outbox WHERE kind LIKE 'telegram.%' AND status IN ('pending', 'failed')", Long.class);
        return count == null ? 0 : count;
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        return new Known(row.getString("state"), row.getTimestamp("since").toInstant(), row.getString("cause"), row.getString("remedy"));
    }
}
