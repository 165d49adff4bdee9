package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;

/** An answer of amoCRM that is not a success: an {@code application/problem+json} body and its status. */
public final class CrmProblem extends RuntimeException {

    private final transient ObjectNode body;
    private final int status;

    private CrmProblem(int status, String title, String detail) {
        super(title, null, false, false);
        this.status = status;
        this.body = Json.object().put("title", title).put("type", "https://httpstatus.es/" + status)
                .put("status", status).put("detail", detail);
    }

    /** 400 about the request as a whole. */
    public static CrmProblem badRequest(String detail) {
        return new CrmProblem(400, "Bad Request", detail);
    }

    /** 400 with what is wrong in each item (facts §3.5); {@code items} of {@code {request_id, errors[]}}. */
    public static CrmProblem invalid(ArrayNode items) {
        CrmProblem problem = badRequest("Request validation failed");
        problem.body.set("validation-errors", items);
        return problem;
    }

    /** 401: no token, or a wrong one (facts §1.5). */
    public static CrmProblem unauthorized() {
        return new CrmProblem(401, "Unauthorized", "Неверный логин или пароль");
    }

    /** 404: no such entity. */
    public static CrmProblem notFound() {
        return new CrmProblem(404, "Not Found", "Entity not found");
    }

    /** 422: more items than one call may carry (facts §2). */
    public static CrmProblem tooMany(int limit) {
        return new CrmProblem(422, "Unprocessable Entity", "Limit " + limit + " per page");
    }

    /** 429; {@code retryAfter} in seconds, null = not told (facts §2). */
    public static CrmProblem tooFast(Long retryAfter) {
        CrmProblem problem = new CrmProblem(429, "Too Many Requests", "Too many requests, retry later");
        if (retryAfter != null) {
            problem.body.put("retry_after", retryAfter);
        }
        return problem;
    }

    /** 500. */
    public static CrmProblem broken() {
        return new CrmProblem(500, "Internal Server Error", "Unexpected error");
    }

    /** 402: the account is not paid for (facts §1.5). */
    public static CrmProblem unpaid() {
        return new CrmProblem(402, "Payment Required", "Payment required");
    }

    /** The token call's own shape (facts §1.5); {@code hint} may be null. */
    public static CrmProblem oauth(int status, String title, String detail, String hint) {
        CrmProblem problem = new CrmProblem(status, title, detail);
        problem.body.put("type", "https://developers.amocrm.ru/v3/errors/OAuthProblemJson");
        if (hint != null) {
            problem.body.put("hint", hint);
        }
        return problem;
    }

    /** @return HTTP status */
    public int status() {
        return status;
    }

    /** @return the JSON body */
    public ObjectNode body() {
        return body;
    }
}
