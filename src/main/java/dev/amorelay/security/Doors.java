package dev.amorelay.security;

import dev.amorelay.doors.DoorAddress;
import java.util.stream.Stream;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** The addresses of the main port. What is neither named here nor by a flow of its own door does not exist for a stranger. */
final class Doors {

    /** Where people's wishes come in. */
    static final String[] LEADS = DoorAddress.LEADS.patterns();
    /** Where amoCRM and the flows beside it report. */
    static final String[] WEBHOOKS = DoorAddress.WEBHOOKS.patterns();
    /** The Mini App; it proves itself by Telegram's signature. */
    static final String[] PARK = DoorAddress.PARK.patterns();
    /** Photos of service requests, and the stand-in for Telegram that gets them. */
    static final String[] PHOTOS = {"/api/service-requests/photos", "/sandbox/telegram/*/sendPhoto"};
    /** Where engineers work; who has no Telegram comes with the admin's password. */
    static final String[] SERVICE = {"/api/service-requests/**"};
    static final String[] HEALTH = {"/health"};
    static final String[] SANDBOX = {"/sandbox/**"};
    /** For people who have logged in, each as far as the role goes. */
    static final String[] ADMIN = DoorAddress.ADMIN.patterns();
    /** Of these, what only an admin sees and does… */
    static final String[] SET_UP = {"/api/admin/people/**", "/api/admin/oauth/**"};
    /** …what only an admin changes… */
    static final String[] CHANGED_BY_ADMIN = {"/api/admin/crm-setup/**", "/api/admin/webhooks/**"};
    /** …and what tells of clients, so that looking takes an operator. */
    static final String[] PERSONAL = {"/api/admin/deals/**"};
    /** Makes a lead in the CRM, so it takes the admin's password as well, but not in the sandbox. */
    static final String[] TEST = {"/ingest/test-crm/**", "/api/ingest/test-crm/**"};

    private Doors() {
    }

    /** @return whether {@link #WEBHOOKS} match a plain address, without a pattern being looked at */
    static boolean isWebhook(String address) {
        for (String pattern : WEBHOOKS) {
            int end = pattern.length() - "/**".length();
            if (address.regionMatches(0, pattern, 0, end) && (address.length() == end || address.charAt(end) == '/')) {
                return true;
            }
        }
        return false;
    }

    /** @return matches any of the patterns, whatever the method */
    static RequestMatcher at(String[]... patterns) {
        PathPatternRequestMatcher.Builder builder = PathPatternRequestMatcher.withDefaults();
        return new OrRequestMatcher(Stream.of(patterns).flatMap(Stream::of)
                .map(builder::matcher).map(RequestMatcher.class::cast).toList());
    }
}
