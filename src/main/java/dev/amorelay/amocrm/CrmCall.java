package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call to amoCRM's API v4.
 *
 * @param account the configured name of the account
 * @param method GET, POST, PATCH or DELETE
 * @param path from {@code /api/v4} on
 * @param query without question mark, brackets raw, values encoded; null for none
 * @param body what is sent; null for none
 * @param turn who goes before it when the windows fill
 */
public record CrmCall(String account, String method, String path, @Nullable String query, @Nullable JsonNode body, Turn turn) {

    /** How full a window may be for a call, and how long it waits for room before its work goes back to the queue. */
    public enum Turn {
        /** Live work: nobody goes before it. */
        FIRST(1, Duration.ofSeconds(20)),
        /** One of many calls of a round that has a worker of its own: leaves room for others, and outlasts a full minute. */
        IN_ROUND(0.9, Duration.ofSeconds(65)),
        /** Reconciliation and backfill: live work goes first. */
        AFTER_LIVE_WORK(0.5, Duration.ofSeconds(20));

        private final double share;
        private final Duration patience;

        Turn(double share, Duration patience) {
            this.share = share;
            this.patience = patience;
        }

        /** @return how full a window may be, from 0 to 1 */
        public double share() {
            return share;
        }

        /** @return how long it waits for room */
        public Duration patience() {
            return patience;
        }
    }

    /**
     * A read.
     *
     * @param account the configured name of the account
     * @param path from {@code /api/v4} on
     * @param query without question mark; null for none
     * @return the call
     */
    public static CrmCall get(String account, String path, @Nullable String query) {
        return new CrmCall(account, "GET", path, query, null, Turn.FIRST);
    }

    /**
     * A create: repeating it makes a second one.
     *
     * @param account the configured name of the account
     * @param path from {@code /api/v4} on
     * @param body what to create, an array even for one
     * @return the call
     */
    public static CrmCall post(String account, String path, JsonNode body) {
        return new CrmCall(account, "POST", path, null, body, Turn.FIRST);
    }

    /**
     * A change: repeating it changes nothing more.
     *
     * @param account the configured name of the account
     * @param path from {@code /api/v4} on
     * @param body the fields to change
     * @return the call
     */
    public static CrmCall patch(String account, String path, JsonNode body) {
        return new CrmCall(account, "PATCH", path, null, body, Turn.FIRST);
    }

    /** @return the same call, behind live work */
    public CrmCall afterLiveWork() {
        return new CrmCall(account, method, path, query, body, Turn.AFTER_LIVE_WORK);
    }

    /** @return the same call, as one of many that are made at once */
    public CrmCall inRound() {
        return new CrmCall(account, method, path, query, body, Turn.IN_ROUND);
    }

    /** @return whether an unknown outcome must be looked up before the call is repeated */
    public boolean creates() {
        return "POST".equals(method);
    }

    /** @return whether it creates or changes entities; hooks and fields are the set-up's own */
    public boolean writes() {
        return (creates() || "PATCH".equals(method)) && !needsAdmin() && !path.endsWith("/custom_fields");
    }

    /** @return whether the path leads to one entity, or to something of it */
    public boolean namesEntity() {
        return path.matches(".*/\\d+(/.*)?");
    }

    /** @return whether it reads several entities by id, so that it can be asked in smaller pieces */
    public boolean namesMany() {
        return "GET".equals(method) && query != null && query.indexOf("filter[id][]") != query.lastIndexOf("filter[id][]");
    }

    /** @return whether only administrators, and not every plan, may: a refusal says nothing about other calls (facts §5.1) */
    public boolean needsAdmin() {
        return path.endsWith("/webhooks");
    }

    /** @return method and path with ids blanked: a name for logs, metrics and errors, with nothing personal in it */
    public String label() {
        return method + " " + path.replaceAll("(?<=/)\\d+", "{id}");
    }
}
