package dev.amorelay.amocrm;

/**
 * What a call needs to get in.
 *
 * @param address the account's address, for example {@code https://example.amocrm.ru}, without a trailing slash
 * @param token the Bearer token
 */
public record Access(String address, String token) {

    /** @return the address only: a token is never printed */
    @Override
    public String toString() {
        return "Access[" + address + "]";
    }
}
