package dev.amorelay.leads;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.doors.Problem;
import dev.amorelay.json.Json;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;

/** Turns a post into the lead that the ingest flow stores, and a refusal into an answer that a form can show. */
@Component
public class LeadDoor {

    private final LeadReader reader;
    private final LeadKey keys;
    private final Accounts accounts;

    /**
     * @param reader reads bodies
     * @param keys recognises repeated posts
     * @param accounts tells which account takes a lead
     */
    public LeadDoor(LeadReader reader, LeadKey keys, Accounts accounts) {
        this.reader = reader;
        this.keys = keys;
        this.accounts = accounts;
    }

    /**
     * Reads a post.
     *
     * @param message the post: JSON, HTML form or multipart
     * @param type its content type
     * @param idempotencyKey the caller's own key, or null
     * @param request for the parts of a form and the client's address
     * @return the lead, whose it is, and what makes a repeat of it the same
     * @throws LeadRejected when there is no lead in it
     */
    public LeadPost read(Message message, @Header(Exchange.CONTENT_TYPE) String type,
                                    @Header("Idempotency-Key") String idempotencyKey,
                                    @Header(Exchange.HTTP_SERVLET_REQUEST) HttpServletRequest request)
            throws IOException, ServletException {
        byte[] body;
        Lead lead;
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            Map<String, List<String>> fields = fields(request);
            body = fields.toString().getBytes(StandardCharsets.UTF_8);
            lead = reader.read(fields);
        } else {
            body = message.getBody(byte[].class);
            lead = reader.read(body == null ? new byte[0] : body, type);
        }
        String key = keys.of(idempotencyKey, body, request.getRemoteAddr(), person(lead));
        return new LeadPost(lead, accounts.takingLeadsOf(lead.source()).name(), key, idempotencyKey == null ? "10 minutes" : "30 days");
    }

    private static Map<String, List<String>> fields(HttpServletRequest request) throws IOException, ServletException {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (Part part : request.getParts()) {
            boolean file = part.getSubmittedFileName() != null;
            String text = file ? part.getSubmittedFileName()
                    : new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // files are not taken here; their names tell the manager to ask for them
            fields.computeIfAbsent(file ? "meta[files][]" : part.getName(), name -> new ArrayList<>()).add(text);
        }
        return fields;
    }

    private static String person(Lead lead) {
        return lead.phoneE164() + " " + lead.email() + " " + lead.telegramId();
    }

    /**
     * The answer to a post without a lead in it.
     *
     * @param rejected what is wrong with which field
     * @return {@code application/problem+json} with {@code errors} of {@code {field, message}}
     */
    public String problem(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) LeadRejected rejected) {
        ObjectNode problem = Problem.of(422, rejected.problems().get(0).message());
        ArrayNode errors = problem.putArray("errors");
        rejected.problems().forEach(field ->
                errors.addObject().put("field", field.field()).put("message", field.message()));
        return Json.write(problem);
    }
}
