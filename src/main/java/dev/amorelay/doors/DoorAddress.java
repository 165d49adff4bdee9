package dev.amorelay.doors;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Addresses of which it is settled who may come. At any other, the flow says it of its own door. */
public enum DoorAddress {

    /** Where people's wishes come in: anybody. A flow's own door below may be narrower. */
    LEADS("/ingest", "/api/ingest"),
    /** Where amoCRM and the flows beside it report: by the key in the address, or from the allowed addresses. */
    WEBHOOKS("/webhook", "/amocrm", "/api/amocrm"),
    /** The Mini App; it proves itself by Telegram's signature. */
    PARK("/park", "/api/park", "/api/service-requests"),
    /** Anybody. */
    HEALTH("/health"),
    /** For people who have logged in, each as far as the role goes. */
    ADMIN("/api/admin", "/console"),
    /** The stand-ins. */
    SANDBOX("/sandbox"),
    /** The server's own page. */
    ERROR("/error");

    private final List<String> beginnings;

    DoorAddress(String... beginnings) {
        this.beginnings = List.of(beginnings);
    }

    /** @return patterns of all addresses below */
    public String[] patterns() {
        return beginnings.stream().map(beginning -> beginning + "/**").toArray(String[]::new);
    }

    /**
     * Looks which it is.
     *
     * @param path of an address, with a slash before it
     * @return empty for an address of which nothing is settled
     */
    public static Optional<DoorAddress> of(String path) {
        return Arrays.stream(values()).filter(address -> address.beginnings.stream()
                .anyMatch(beginning -> path.equals(beginning) || path.startsWith(beginning + "/"))).findFirst();
    }
}
