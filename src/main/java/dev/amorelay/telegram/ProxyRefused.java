package dev.amorelay.telegram;

import java.io.IOException;

/** The proxy is there and lets nothing through: it wants another login, or does not reach Telegram itself. */
class ProxyRefused extends IOException {

    private final boolean login;

    /**
     * @param login whether it refuses user and password
     * @param message what it said, without a secret
     */
    ProxyRefused(boolean login, String message) {
        super(message);
        this.login = login;
    }

    /** @return whether it refuses user and password */
    boolean isLogin() {
        return login;
    }
}
