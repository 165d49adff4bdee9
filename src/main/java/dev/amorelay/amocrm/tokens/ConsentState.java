package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * The {@code state} of a consent link: signed by us, bound to one account, valid for half an hour. Without it a
 * stranger could lead the admin's browser to the redirect address with a code of the stranger's own.
 */
@Component
class ConsentState {

    static final Duration LIFE = Duration.ofMinutes(30);

    /** Account name in base64url, end in unix seconds, a random part by which no two are the same, signature in base64url. */
    private static final Pattern SHAPE = Pattern.compile("([A-Za-z0-9_-]{1,200})\\.(\\d{1,12})\\.([A-Za-z0-9_-]{16})\\.([A-Za-z0-9_-]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Accounts accounts;

    ConsentState(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Makes a state.
     *
     * @param account whose consent is asked
     * @param now from when on it is valid
     * @return letters, digits and {@code . _ -}
     */
    String issue(Account account, Instant now) {
        byte[] once = new byte[12];
        RANDOM.nextBytes(once);
        String claim = BASE64.encodeToString(bytes(account.name())) + "." + now.plus(LIFE).getEpochSecond() + "." + BASE64.encodeToString(once);
        return claim + "." + sign(account, claim);
    }

    /**
     * Reads a state.
     *
     * @param state as the redirect brought it
     * @param now the time
     * @return whose consent it is; empty when it is not ours, was changed, or is too old
     */
    Optional<Account> accountOf(String state, Instant now) {
        Matcher parts = SHAPE.matcher(state);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return named(parts.group(1)).filter(account -> account.settings().usesOAuth())
                .filter(account -> MessageDigest.isEqual(bytes(sign(account, state.substring(0, parts.start(4) - 1))), bytes(parts.group(4))))
                .filter(account -> now.getEpochSecond() < Long.parseLong(parts.group(2)));
    }

    private Optional<Account> named(String encoded) {
        return accounts.all().stream().filter(account -> BASE64.encodeToString(bytes(account.name())).equals(encoded)).findFirst();
    }

    private static String sign(Account account, String claim) {
        byte[] key = SecretKeys.derive(account.settings().clientSecret(), "consent state v1");
        return BASE64.encodeToString(SecretKeys.hmac(key, bytes(claim)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
