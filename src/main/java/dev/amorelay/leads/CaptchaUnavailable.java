package dev.amorelay.leads;

/** The captcha's service has not said anything about a token. */
public class CaptchaUnavailable extends RuntimeException {

    CaptchaUnavailable(String why) {
        super("the captcha's service: " + why);
    }
}
