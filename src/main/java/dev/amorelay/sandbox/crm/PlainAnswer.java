package dev.amorelay.sandbox.crm;

import dev.amorelay.json.Json;
import dev.amorelay.sandbox.limits.TooManyForm;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;

/** Answers that no part of the API gives: those of amoCRM's front end, and refusals at the gate. */
final class PlainAnswer {

    private PlainAnswer() {
    }

    /** A page of the front end (facts §1.5): {@code 403 Forbidden} and nothing to read for a program. */
    static void page(HttpServletResponse response, int status, String reason) throws IOException {
        write(response, status, MediaType.TEXT_HTML_VALUE, "<html>\r\n<head><title>" + status + " " + reason
                + "</title></head>\r\n<body>\r\n<center><h1>" + status + " " + reason
                + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n");
    }

    /** 200, and yet no answer to the question. */
    static void nonsense(HttpServletResponse response) throws IOException {
        write(response, 200, "text/html;charset=UTF-8",
                "<!DOCTYPE html><html><head><title>amoCRM</title></head><body>Идут технические работы</body></html>");
    }

    static void problem(HttpServletResponse response, CrmProblem problem) throws IOException {
        write(response, problem.status(), MediaType.APPLICATION_PROBLEM_JSON_VALUE, Json.write(problem.body()));
    }

    /** 429 in one of its forms (facts §2). */
    static void tooMany(HttpServletResponse response, TooManyForm form, long retryAfter) throws IOException {
        switch (form) {
            case JSON -> problem(response, CrmProblem.tooFast(retryAfter));
            case JSON_BARE -> problem(response, CrmProblem.tooFast(null));
            case TEXT -> write(response, 429, MediaType.TEXT_PLAIN_VALUE, "Too Many Requests");
        }
    }

    static void elsewhere(HttpServletResponse response, String address) throws IOException {
        response.setHeader("Location", address);
        page(response, 302, "Found");
    }

    private static void write(HttpServletResponse response, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
