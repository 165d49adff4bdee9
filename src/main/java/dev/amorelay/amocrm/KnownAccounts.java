package dev.amorelay.amocrm;

import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * amoCRM's numbers of the configured accounts: hooks bear the number, not the name. A number is configured, or
 * read from the account once and kept.
 */
@Component
public class KnownAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(KnownAccounts.class);

    private final Accounts accounts;
    private final Gate gate;
    private final JdbcTemplate jdbc;
    private final ApplicationEventPublisher events;
    private final Map<String, Long> numbers = new ConcurrentHashMap<>();

    /**
     * @param accounts the configured accounts
     * @param gate to ask an account for its number
     * @param jdbc where numbers are kept
     * @param events told of a number that was read
     */
    public KnownAccounts(Accounts accounts, Gate gate, JdbcTemplate jdbc, ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.gate = gate;
        this.jdbc = jdbc;
        this.events = events;
        for (Account account : accounts.all()) {
            if (account.settings().id() != null) {
                numbers.put(account.name(), account.settings().id());
            }
        }
    }

    /**
     * Whose hook it is. A hook that bears one account's key and another's number came to the wrong address: taken for
     * either's, its deals would be looked for where they are not, and be marked deleted.
     *
     * @param number amoCRM's number in the hook; null where it tells none
     * @param key the webhook key that it came with; empty or null for none
     * @return the configured name; empty when it is none of ours
     */
    public String nameOf(@Nullable Long number, @Nullable String key) {
        for (Account account : accounts.all()) {
            String own = account.settings().webhookKey();
            if (own != null && !own.isBlank() && key != null && same(own, key)) {
                Long its = numbers.get(account.name());
                return number == null || its == null || its.equals(number) ? account.name() : "";
            }
        }
        if (number == null) {
            return accounts.all().size() == 1 ? Accounts.DEFAULT : "";
        }
        for (Map.Entry<String, Long> known : numbers.entrySet()) {
            if (known.getValue().equals(number)) {
                return known.getKey();
            }
        }
        // before an account has told its number, a hook can only be its own
        List<String> unnumbered = accounts.all().stream().map(Account::name).filter(name -> !numbers.containsKey(name)).toList();
        return unnumbered.size() == 1 ? unnumbered.get(0) : "";
    }

    /**
     * amoCRM's number of an account.
     *
     * @param name the configured name
     * @return the number
     * @throws CrmUnavailable when the account has not told it yet, and does not now
     */
    public long numberOf(String name) {
        Long known = numbers.get(name);
        if (known == null) {
            // not inside computeIfAbsent: while one account is asked, no other may have to wait
            known = readNumber(name);
            numbers.put(name, known);
        }
        return known;
    }

    /** Reads the numbers that are not known yet; tried again until each account has answered once. */
    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(fixedRate = 60_000, initialDelay = 60_000)
    public void learn() {
        for (Account account : accounts.all()) {
            if (!numbers.containsKey(account.name())) {
                try {
                    numberOf(account.name());
                } catch (RuntimeException e) {
                    LOG.warn("the number of amoCRM account {} is not known yet: {}", account.name(), e.getMessage());
                }
            }
        }
    }

    private long readNumber(String name) {
        return jdbc.queryForList("SELECT account_id FROM amocrm_accounts WHERE name = ? AND account_id IS NOT NULL", Long.class, name)
                .stream().findFirst().orElseGet(() -> ask(name));
    }

    private long ask(String name) {
        long number = gate.call(CrmCall.get(name, "/api/v4/account", null)).body().path("id").asLong();
        if (number == 0) {
            throw new CrmUnavailable(name, Trouble.UNEXPECTED, "GET /api/v4/account names no id", null);
        }
        jdbc.update("""
                INSERT INTO amocrm_accounts (name, account_id) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET account_id = excluded.account_id""", name, number);
        events.publishEvent(new AccountLearned(name, number));
        return number;
    }

    private static boolean same(String own, String key) {
        return MessageDigest.isEqual(own.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
    }
}
