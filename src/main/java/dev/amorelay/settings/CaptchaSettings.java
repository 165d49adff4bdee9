package dev.amorelay.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A captcha in front of what leads owe; Yandex SmartCaptcha and Cloudflare Turnstile speak alike.
 *
 * @param url where a token is verified, like {@code https://smartcaptcha.yandexcloud.net/validate}; empty = no captcha
 * @param secret the server's key at that service
 * @param sources leads of which sources must bring a token; whoever posts for a program has none
 */
@ConfigurationProperties("relay.captcha")
public record CaptchaSettings(@DefaultValue("") String url, @DefaultValue("") String secret, @DefaultValue List<String> sources) {

    /** @return whether leads of a source must bring a token */
    public boolean isAskedOf(String source) {
        return !url.isBlank() && sources.contains(source);
    }

    /** @return without the secret */
    @Override
    public String toString() {
        return "CaptchaSettings[" + url + ", " + sources + "]";
    }
}
