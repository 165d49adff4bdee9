package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amorelay.work.Refused;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTermsTest {

    private static final ZoneId OMSK = ZoneId.of("Asia/Omsk");
    /** A Friday afternoon in Omsk, while it is still noon in Moscow. */
    private static final Instant NOW = LocalDateTime.parse("2026-11-27T15:30:10").atZone(OMSK).toInstant();

    private final AccountTerms terms = new AccountTerms(account -> account.equals("b") ? OMSK : ZoneOffset.UTC, Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "next working day 10:00, 2026-11-30T10:00:00",
        "Next working day at 9:05, 2026-11-30T09:05:00",
        "next working day, 2026-11-30T15:30:10",
        "2 working days 10:00, 2026-12-01T10:00:00",
        "today 18:00, 2026-11-27T18:00:00",
        "today 10:00, 2026-11-28T10:00:00",
        "tomorrow 10:00, 2026-11-28T10:00:00",
        "monday 9:30, 2026-11-30T09:30:00",
        "friday 9:30, 2026-12-04T09:30:00",
        "30 minutes, 2026-11-27T16:00:10",
        "in 2 hours, 2026-11-27T17:30:10",
        "3 days 10:00, 2026-11-30T10:00:00",
        "1 week, 2026-12-04T15:30:10"})
    void aTermIsAMomentByTheAccountsClock(String term, LocalDateTime moment) {
        assertThat(terms.moment(term, "b")).isEqualTo(moment.atZone(OMSK).toInstant());
        assertThat(terms.at(term, "b")).isEqualTo(moment.atZone(OMSK).toEpochSecond());
    }

    @Test
    void aMomentIsOneAlready() {
        assertThat(terms.moment("2026-12-01T10:00:00+03:00", null)).isEqualTo(Instant.parse("2026-12-01T07:00:00Z"));
        assertThat(terms.moment(1764572400L, null)).isEqualTo(Instant.ofEpochSecond(1764572400L));
        assertThat(terms.moment("1764572400", "")).isEqualTo(Instant.ofEpochSecond(1764572400L));
        assertThat(terms.moment("", null)).isNull();
        assertThat(terms.at(null, null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "today 25:00", "next working day 10", "2026-12-01", "99999 days", "tomorrow"})
    void anythingElseIsRefused(String term) {
        assertThatThrownBy(() -> terms.moment(term, null)).isInstanceOf(Refused.class);
    }
}
