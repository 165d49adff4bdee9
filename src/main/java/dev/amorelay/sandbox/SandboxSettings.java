package dev.amorelay.sandbox;

import dev.amorelay.sandbox.limits.TooManyForm;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Profile;

/**
 * Settings of the sandbox; all have defaults that work.
 *
 * @param smtpPort port of the mail server on the loopback address; 0 = any free one
 * @param clientId the only integration that {@code oauth2/access_token} knows
 * @param clientSecret its secret
 * @param hookRetries pauses before the second, third, … delivery of a webhook; amoCRM's minutes made seconds
 * @param hookBadAnswers more bad answers than this within two hours, and a webhook is switched off
 * @param rateLimits windows that no account lets be exceeded, like {@code 7/1s,250/1m,7000/1h}; empty or none = no limits
 * @param blockFor how long everything is answered 403 after ten calls too many
 * @param tooManyForm how a 429 looks
 * @param latency how long each answer takes beside the work
 * @param latencyJitter up to so much more
 * @param oldRefreshToken how long a used refresh token works
 * @param accessTokenSeconds life of an access token
 * @param ownHooks whether the relay in this process gets the first account's webhooks
 * @param timeZone in which the accounts count days
 */
@Profile("sandbox")
@ConfigurationProperties("sandbox")
public record SandboxSettings(
        @DefaultValue("3025") int smtpPort,
        @DefaultValue("00000000-0000-4000-8000-000000000001") String clientId,
        @DefaultValue("sandbox-secret") String clientSecret,
        @DefaultValue({"1s", "5s", "15s"}) List<Duration> hookRetries,
        @DefaultValue("100") int hookBadAnswers,
        @DefaultValue("") String rateLimits,
        @DefaultValue("10m") Duration blockFor,
        @DefaultValue("json") TooManyForm tooManyForm,
        @DefaultValue("0ms") Duration latency,
        @DefaultValue("0ms") Duration latencyJitter,
        @DefaultValue("grace") OldRefreshToken oldRefreshToken,
        @DefaultValue("86400") long accessTokenSeconds,
        @DefaultValue("true") boolean ownHooks,
        @DefaultValue("Europe/Moscow") ZoneId timeZone) {

    /** Two statements are known about a refresh token that was used (facts §1.1). */
    public enum OldRefreshToken {
        /** It works until a token of the new pair is first used. */
        GRACE,
        /** It worked once. */
        STRICT
    }
}
