package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Access;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.CrmUnavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Pairs of OAuth, refreshed before they end and after a 401: once for all threads and nodes. The threads of a node
 * take turns, the nodes take the lease in the database; whoever comes second finds the new pair there.
 */
@Component
class OAuthTokens {

    private static final Duration EARLY = Duration.ofMinutes(5);
    /** A pair this young is not refreshed for its age, however short its life is. */
    private static final Duration YOUNG = Duration.ofMinutes(1);
    /** What is left of a token that is still good for a call. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(30);
    private static final Duration CACHED = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final int SHORTEST_POLL_MS = 50;
    private static final int LONGEST_POLL_MS = 100;

    private final TokenStore store;
    private final TokenRefresh refresh;
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

    private record Cached(Access access, long until) {
    }

    OAuthTokens(TokenStore store, TokenRefresh refresh) {
        this.store = store;
        this.refresh = refresh;
    }

    /**
     * An access that lasts for a call.
     *
     * @param account a configured account that uses OAuth
     * @return address and token
     * @throws CrmUnavailable when there is none, and what a person has to do
     */
    Access access(Account account) {
        Cached known = cache.get(account.name());
        if (known != null && System.nanoTime() - known.until() < 0) {
            return known.access();
        }
        StoredPair stored = store.get(account);
        if (!endsSoon(stored)) {
            return remember(stored);
        }
        try {
            return remember(current(account, OAuthTokens::endsSoon));
        } catch (CrmUnavailable unavailable) {
            if (stored.left().compareTo(LAST_MOMENT) > 0) {
                return stored.asAccess();
            }
            throw unavailable;
        }
    }

    /**
     * Another access than the one that was refused.
     *
     * @param account a configured account that uses OAuth
     * @param rejected what amoCRM answered 401 to
     * @return address and token
     * @throws CrmUnavailable when there is none, and what a person has to do
     */
    Access renew(Account account, Access rejected) {
        forget(account);
        return remember(current(account, stored -> stored.access().equals(rejected.token())));
    }

    /**
     * Keeps a pair alive that nobody uses: three months unused, it would end (facts §1.1).
     *
     * @param account a configured account that uses OAuth
     * @param age of the pairs to refresh
     * @return whether the pair is younger now
     * @throws CrmUnavailable when there is no pair or the refresh failed, and what a person has to do
     */
    boolean refreshOlderThan(Account account, Duration age) {
        if (store.get(account).age().compareTo(age) < 0) {
            return false;
        }
        remember(current(account, stored -> stored.age().compareTo(age) >= 0));
        return true;
    }

    /** Drops what is kept in memory. */
    void forget(Account account) {
        cache.remove(account.name());
    }

    private StoredPair current(Account account, Predicate<StoredPair> isStale) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        ReentrantLock turn = turns.computeIfAbsent(account.name(), name -> new ReentrantLock());
        try {
            if (!turn.tryLock(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
                throw OAuthTroubles.stillRefreshing();
            }
            try {
                return inTurn(account, isStale, deadline);
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw OAuthTroubles.stillRefreshing();
        }
    }

    private StoredPair inTurn(Account account, Predicate<StoredPair> isStale, long deadline) throws InterruptedException {
        while (true) {
            StoredPair stored = store.get(account);
            if (!isStale.test(stored)) {
                return stored;
            }
            if (stored.heldBack().isPresent()) {
                throw stored.heldBack().get();
            }
            Optional<UUID> lease = store.lease(stored);
            if (lease.isPresent()) {
                refresh.run(account, stored, lease.get());
                StoredPair next = store.get(account);
                if (!next.mark().equals(stored.mark())) {
                    return next;
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw OAuthTroubles.stillRefreshing();
            }
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(SHORTEST_POLL_MS, LONGEST_POLL_MS));
        }
    }

    private Access remember(StoredPair stored) {
        Duration useful = stored.left().minus(EARLY);
        Duration kept = useful.compareTo(CACHED) < 0 ? useful : CACHED;
        if (!kept.isNegative()) {
            cache.put(stored.account(), new Cached(stored.asAccess(), System.nanoTime() + kept.toNanos()));
        }
        return stored.asAccess();
    }

    private static boolean endsSoon(StoredPair stored) {
        boolean old = stored.age().compareTo(YOUNG) > 0;
        return stored.left().compareTo(old ? EARLY : Duration.ZERO) <= 0;
    }
}
