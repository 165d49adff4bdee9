package dev.amorelay.sandbox.crm;

/**
 * What a call is, whichever entity it names.
 *
 * @param method HTTP method
 * @param path after the account's base, every number an {@code {id}}: {@code /api/v4/leads/{id}}
 */
public record CallKind(String method, String path) {

    private static final String API = "/api/v4/";

    /**
     * Reads a request line.
     *
     * @param uri path of the request
     * @param base where the account is served
     */
    public static CallKind of(String method, String uri, String base) {
        return new CallKind(method, uri.substring(base.length()).replaceAll("/\\d+(?=/|$)", "/{id}"));
    }

    /** @return the path as a fault's scope names it: {@code leads/{id}}, {@code oauth2/access_token} */
    public String scope() {
        return path.startsWith(API) ? path.substring(API.length()) : path.replaceFirst("^/", "");
    }

    /** @return whether a token is asked for */
    public boolean needsToken() {
        return path.startsWith("/api/");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
