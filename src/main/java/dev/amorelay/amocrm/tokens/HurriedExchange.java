package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.CrmUnavailable;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * An exchange for a caller who waits 3 s: what takes longer goes on without the caller. One at a time and behind live
 * work, because a stranger who knows the client id can ask for it with codes that are worth nothing.
 */
@Component
class HurriedExchange implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(HurriedExchange.class);
    private static final Duration PATIENCE = Duration.ofMillis(2500);

    private final CodeExchange exchange;
    private final ExecutorService oneAtATime = new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
        Thread thread = new Thread(task, "relay-consent");
        thread.setDaemon(true);
        return thread;
    });

    HurriedExchange(CodeExchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Exchanges a code.
     *
     * @param account whose code it is
     * @param address where to exchange it
     * @param code as the redirect brought it
     * @return the account's address; empty when it is still going on
     * @throws ConsentFailed when it is another account's, or another exchange is going on
     * @throws CrmUnavailable when amoCRM gives no tokens, with cause and remedy
     */
    String exchange(Account account, String address, String code) {
        Future<String> result;
        try {
            result = oneAtATime.submit(() -> told(account, address, code));
        } catch (RejectedExecutionException e) {
            throw new ConsentFailed("другой код как раз обменивается", "откройте ссылку для выдачи доступа через минуту");
        }
        try {
            return result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    private String told(Account account, String address, String code) {
        try {
            return exchange.exchange(account, address, code, true);
        } catch (RuntimeException e) {
            // the caller may be gone by now
            LOG.warn("amoCRM account {}: the code of an installation brought no tokens: {}", account.name(), e.getMessage());
            throw e;
        }
    }

    @Override
    public void destroy() {
        oneAtATime.shutdown();
    }
}
