package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.leads.PersonClaims;
import dev.amorelay.leads.PersonClaims.Claim;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One worker a person, as long as it holds the lead. */
class PersonClaimsIT extends RunningRelay {

    /** A kind that no route serves. */
    private final String kind = "test." + UUID.randomUUID();
    private final String person = UUID.randomUUID() + "@example.com";

    @Autowired
    private PersonClaims claims;

    @Autowired
    private Outbox outbox;

    private Effect lead() {
        outbox.owe(kind, UUID.randomUUID().toString(), "subject", Json.object());
        return outbox.claim(kind, "", 1).get(0);
    }

    private Map<String, Claim> claim(Effect lead) {
        return claims.claim("test", Map.of(person, lead));
    }

    private void halfAMinutePasses() {
        jdbc.update("UPDATE contact_claims SET claimed_until = claimed_until - interval '31 s' WHERE account = 'test'");
    }

    @AfterEach
    void forget() {
        jdbc.update("DELETE FROM contact_claims WHERE account = 'test'");
        jdbc.update("DELETE FROM outbox WHERE kind = ?", kind);
    }

    @Test
    void aPersonIsOneWorkersAsLongAsItHoldsTheLead() {
        Effect first = lead();
        assertThat(claim(first)).containsOnlyKeys(person);
        assertThat(claim(lead())).isEmpty();

        halfAMinutePasses();
        assertThat(claim(lead())).as("the lease of the lead is renewed, however long it takes").isEmpty();

        jdbc.update("UPDATE outbox SET locked_until = now() - interval '1 minute' WHERE id = ?", first.id());
        assertThat(claim(lead())).as("its worker has died").containsOnlyKeys(person);
    }

    @Test
    void aLeaseThatWasDrawnThisMomentIsBelievedUnseen() {
        // another transaction may not see the lease yet
        assertThat(claim(new Effect(-1, -1, kind, "", "", "", Map.of(), 1, 0, false))).hasSize(1);
        assertThat(claim(lead())).isEmpty();
    }

    @Test
    void whoWasMetIsFreeAtOnce() {
        Collection<Claim> first = claim(lead()).values();
        claims.met("test", first);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM contact_claims WHERE account = 'test'", Long.class)).isZero();
        Collection<Claim> second = claim(lead()).values();
        assertThat(second).hasSize(1);

        claims.met("test", first);
        assertThat(claim(lead())).as("an earlier worker ends nobody else's claim").isEmpty();
    }

    @Test
    void whomTheCrmDoesNotKnowIsNotSearchedAgainForTenMinutes() {
        Effect lead = lead();
        Instant asked = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        claim(lead);
        claims.giveBack("test", List.of(new Claim(person, lead, asked)));
        outbox.done(lead);

        Effect second = lead();
        assertThat(claim(second).get(person).nobodyAt()).isEqualTo(asked);
        // now it may be creating the contact, and dies
        jdbc.update("UPDATE outbox SET locked_until = now() - interval '1 minute' WHERE id = ?", second.id());
        halfAMinutePasses();
        Effect third = lead();
        assertThat(claim(third).get(person).nobodyAt()).isNull();

        claims.giveBack("test", List.of(new Claim(person, third, asked.minus(11, ChronoUnit.MINUTES))));
        outbox.done(third);
        assertThat(claim(lead()).get(person).nobodyAt()).as("too long ago").isNull();
    }

    @Test
    void afterALostAnswerNobodyLooksForAWhile() {
        Effect lead = lead();
        Collection<Claim> ours = claim(lead).values();
        halfAMinutePasses();
        claims.keep("test", ours);
        outbox.done(lead);

        assertThat(claim(lead())).isEmpty();
        halfAMinutePasses();
        assertThat(claim(lead())).hasSize(1);
    }
}
