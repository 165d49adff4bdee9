package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Account;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** Which hosts get to see the client secret and the tokens: amoCRM's own, and the one that is configured. */
@Component
class CrmHosts {

    private static final Pattern CRM_HOST = Pattern.compile("[a-z0-9-]+\\.(amocrm\\.ru|amocrm\\.com|kommo\\.com)");

    private final boolean sandbox;

    CrmHosts(Environment environment) {
        this.sandbox = environment.acceptsProfiles(Profiles.of("sandbox"));
    }

    /**
     * Whether a text is the host of an account, and nothing but the host.
     *
     * @param host in small letters, as a stranger may have written it
     * @return true for one word before amocrm.ru, amocrm.com or kommo.com
     */
    static boolean isCrmHost(String host) {
        return host != null && CRM_HOST.matcher(host).matches();
    }

    /**
     * Whether an address is that of an account, and not of a stand-in or of a proxy before amoCRM.
     *
     * @param address for example {@code https://example.amocrm.ru}
     * @return whether calls may follow the account to another host of amoCRM
     */
    static boolean isCrmAddress(String address) {
        URI uri = URI.create(address);
        return "https".equals(uri.getScheme()) && isCrmHost(uri.getAuthority());
    }

    /**
     * Where to exchange a code.
     *
     * @param account whose code it is
     * @param referer the account's host, as the redirect named it; anybody can write one
     * @return the address; empty when the host is not to be trusted
     */
    Optional<String> addressOf(Account account, String referer) {
        String configured = account.settings().address();
        if (isCrmHost(referer)) {
            // a configured stand-in or proxy carries all calls
            return Optional.of(isCrmAddress(configured) ? "https://" + referer : configured);
        }
        boolean own = sandbox && referer != null && referer.equals(URI.create(configured).getAuthority());
        return own ? Optional.of(configured) : Optional.empty();
    }

    /**
     * Whether a host is the configured one of an account.
     *
     * @param account a configured account
     * @param referer a host, as the redirect named it
     * @return true also for any account of amoCRM where a stand-in or a proxy is configured in amoCRM's place
     */
    boolean isHostOf(Account account, String referer) {
        return addressOf(account, referer).filter(account.settings().address()::equals).isPresent();
    }

    /**
     * Where an account lives, or is told to live, after a renaming.
     *
     * @param account a configured account
     * @param domain a host, as a token or amoCRM named it
     * @return its address; empty when the host is not to be trusted, or a proxy carries all calls
     */
    Optional<String> moved(Account account, String domain) {
        URI configured = URI.create(account.settings().address());
        if (isCrmAddress(configured.toString())) {
            return isCrmHost(domain) ? Optional.of("https://" + domain) : Optional.empty();
        }
        // the stand-in renames itself to another path of the same host
        boolean own = sandbox && domain.matches(Pattern.quote(configured.getAuthority()) + "(/[a-z0-9-]+)*");
        return own ? Optional.of(configured.getScheme() + "://" + domain) : Optional.empty();
    }
}
