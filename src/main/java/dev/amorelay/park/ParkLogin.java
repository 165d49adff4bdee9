package dev.amorelay.park;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.clients.TelegramUser;
import dev.amorelay.clients.TelegramUsers;
import dev.amorelay.clients.TelegramUsers.MayWrite;
import dev.amorelay.json.Json;
import dev.amorelay.security.ClientNetwork;
import dev.amorelay.settings.ParkSettings;
import dev.amorelay.settings.RelaySettings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The first step of every door of the Mini App: who is asking. {@code Authorization: tma <initData>} is all that counts.
 * Afterwards the exchange variable {@code user} is a {@link TelegramUser}.
 */
@Component
public class ParkLogin {

    /** What was signed within a day may be read with: the page may stay open. */
    static final Duration READING = Duration.ofHours(24);
    /** What changes something needs a fresher word. */
    static final Duration WRITING = Duration.ofHours(1);
    /** Wrong ones from one address; a right one is let in all the same, since nobody guesses a signature. */
    static final int MOST_FAILURES = 30;
    private static final String SCHEME = "tma ";
    /** Desktop and Apple clients keep init data for days; what is older than this is no word of Telegram's any more. */
    static final Duration KEPT = Duration.ofDays(30);
    /** What the page shows once it has confirmed who is there. */
    private static final String TICKET = "Park-Ticket";

    private final TelegramUsers users;
    private final InitDataCheck check;
    private final Confirmations confirmations;
    private final Clock clock;
    private final Buckets<Long> requests;
    private final Buckets<String> failures;

    /**
     * @param relay with the bot's token
     * @param park how much anybody may ask
     * @param users who is who
     * @param confirmations proofs where Telegram's word is old
     */
    @Autowired
    public ParkLogin(RelaySettings relay, ParkSettings park, TelegramUsers users, Confirmations confirmations) {
        this(new InitDataCheck(relay.telegram().botToken(), Clock.systemUTC()), park, users, confirmations, Clock.systemUTC());
    }

    ParkLogin(InitDataCheck check, ParkSettings park, TelegramUsers users, Confirmations confirmations, Clock clock) {
        this.check = check;
        this.confirmations = confirmations;
        this.clock = clock;
        this.users = users;
        this.requests = new Buckets<>(park.requestsPerMinute(), clock);
        this.failures = new Buckets<>(MOST_FAILURES, clock);
    }

    /**
     * Lets in who reads: signed or confirmed within the last 24 hours.
     *
     * @param exchange gets the variable {@code user}
     * @throws ConfirmationRequired when neither; a code is on its way then
     * @throws NotSignedIn when Telegram has not signed it
     * @throws TooOften when this user asks too often, or this address fails too often
     */
    public void reader(Exchange exchange) {
        letIn(exchange, READING);
    }

    /**
     * Lets in who changes something: signed or confirmed within the last hour.
     *
     * @param exchange gets the variable {@code user}
     * @throws ConfirmationRequired when neither; a code is on its way then
     * @throws NotSignedIn when Telegram has not signed it
     * @throws TooOften when this user asks too often, or this address fails too often
     */
    public void writer(Exchange exchange) {
        letIn(exchange, WRITING);
    }

    /**
     * Lets in who confirms who is there: signed within the last 30 days.
     *
     * @param exchange gets the variable {@code user}
     * @throws NotSignedIn when Telegram has not signed it
     * @throws TooOften when this user asks too often, or this address fails too often
     */
    public void confirmer(Exchange exchange) {
        letIn(exchange, KEPT);
    }

    private void letIn(Exchange exchange, Duration oldest) {
        HttpServletRequest request = exchange.getMessage().getHeader(Exchange.HTTP_SERVLET_REQUEST, HttpServletRequest.class);
        exchange.setVariable("user", signedIn(request.getHeader("Authorization"), request.getHeader(TICKET), request.getRemoteAddr(), oldest));
    }

    TelegramUser signedIn(String authorization, String ticket, String address, Duration oldest) {
        InitData data;
        JsonNode user;
        long id;
        try {
            data = check.check(initData(authorization), KEPT);
            user = data.user();
            id = user.path("id").canConvertToLong() ? user.path("id").asLong() : 0;
            if (id <= 0) {
                throw NotSignedIn.unsigned("init data without a user's id");
            }
        } catch (NotSignedIn refused) {
            failures.take(ClientNetwork.of(address)).ifPresent(wait -> {
                throw new TooOften(wait);
            });
            throw refused;
        }
        requests.take(id).ifPresent(wait -> {
            throw new TooOften(wait);
        });
        boolean isOld = Duration.between(data.signedAt(), clock.instant()).compareTo(oldest) > 0;
        if (isOld && !confirmations.isConfirmed(id, ticket, oldest)) {
            confirmations.ask(id);
            throw new ConfirmationRequired();
        }
        return users.signedIn(id, name(user), new MayWrite(user.path("allows_write_to_pm").asBoolean(false), data.signedAt()));
    }

    private static String initData(String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw NotSignedIn.unsigned("no init data");
        }
        return authorization.substring(SCHEME.length()).strip();
    }

    private static String name(JsonNode user) {
        String name = (user.path("first_name").asText("") + " " + user.path("last_name").asText("")).strip();
        return name.isEmpty() ? null : Json.storable(name);
    }
}
