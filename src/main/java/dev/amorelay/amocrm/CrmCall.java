package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One call to amoCRM's API v4.
 *
 * @param account the configured name of the account
 * @param method GET, POST, PATCH or DELETE
 * @param path from {@code /api/v4} on
 * @param query without question mark, brackets raw, values encoded; null for none
 * @param body what is sent; null for none
 * @param canWait whether live work goes first, as before reconciliation and backfill
 */
public record CrmCall(String account, String method, String path, String query, JsonNode body, boolean canWait) {

    /**
     * A read.
     *
     * @param account the configured name of the account
     * @param path from {@code /api/v4} on
     * @param query without question mark; null for none
     * @return the call
     */
    public static CrmCall get(String account, String path, String query) {
        return new CrmCall(account, "GET", path, query, null, false);
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
        return new CrmCall(account, "POST", path, null, body, false);
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
        return new CrmCall(account, "PATCH", path, null, body, false);
    }

    /** @return the same call, behind live work */
    public CrmCall afterLiveWork() {
        return new CrmCall(account, method, path, query, body, true);
    }

    /** @return whether an unknown outcome must be looked up before the call is repeated */
    public boolean creates() {
        return "POST".equals(method);
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
