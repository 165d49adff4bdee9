package dev.amorelay.leads;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.doors.Problem;
import dev.amorelay.json.Json;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Turns a post into the lead that the ingest flow stores, and a refusal into an answer that a form can show. */
@Component
public class LeadDoor {

    private static final Logger LOG = LoggerFactory.getLogger(LeadDoor.class);
    private static final String TESTED = "{\"status\":\"ok\"}";
    private static final byte[] FILES = "meta[files][]".getBytes(StandardCharsets.US_ASCII);

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
     * Reads a post. A connection test, see {@code lead/names.yaml}, is answered here and ends the exchange: no step of any flow meets a post
     * without a lead.
     *
     * @param message the post: JSON, HTML form or multipart
     * @param type its content type
     * @param idempotencyKey the caller's own key, or null
     * @param request for the parts of a form and the client's address
     * @return a {@link LeadPost}: the lead, whose it is, and what makes a repeat of it the same; of a connection test the text of its answer
     * @throws LeadRejected when there is no lead in it
     */
    public Object read(Message message, @Header(Exchange.CONTENT_TYPE) String type,
                       @Header("Idempotency-Key") String idempotencyKey,
                       @Header(Exchange.HTTP_SERVLET_REQUEST) HttpServletRequest request)
            throws IOException, ServletException {
        byte[] body;
        PostedForm post;
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            List<RawField> parts = parts(request);
            post = PostedForm.of(parts, type);
            body = bytes(parts);
        } else {
            body = message.getBody(byte[].class);
            body = body == null ? new byte[0] : body;
            post = PostedForm.of(body, type);
        }
        Optional<LeadNames.Test> test = reader.test(post);
        if (test.isPresent()) {
            return tested(message, test.get().answer());
        }
        Lead lead = reader.read(post);
        String key = keys.of(idempotencyKey, body, request.getRemoteAddr(), person(lead));
        return new LeadPost(lead, accounts.takingLeadsOf(lead.source()).name(), key, idempotencyKey == null ? "10 minutes" : "30 days");
    }

    private static String tested(Message message, String wanted) {
        LOG.info("a site builder tested a leads' door: answered, nothing stored");
        String answer = wanted == null ? TESTED : wanted;
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, answer.startsWith("{") ? "application/json" : "text/plain; charset=utf-8");
        message.getExchange().setRouteStop(true);
        return answer;
    }

    private static List<RawField> parts(HttpServletRequest request) throws IOException, ServletException {
        List<RawField> fields = new ArrayList<>();
        for (Part part : request.getParts()) {
            String file = part.getSubmittedFileName();
            // files are not taken here; their names tell the manager to ask for them
            fields.add(file == null
                    ? new RawField(raw(part.getName()), part.getInputStream().readAllBytes(), PostedForm.charset(part.getContentType()))
                    : new RawField(FILES, raw(file), null));
        }
        return fields;
    }

    /** The server reads the heads of parts byte by byte, see RawFormFilter; a file name that says its charset is a text already. */
    private static byte[] raw(String head) {
        return head.getBytes(head.chars().allMatch(c -> c < 256) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static byte[] bytes(List<RawField> fields) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (RawField field : fields) {
            all.writeBytes((field.name().length + ":" + field.value().length + ":").getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(field.name());
            all.writeBytes(field.value());
        }
        return all.toByteArray();
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
        ObjectNode problem = Problem.refused("leads", rejected.problems().get(0).message());
        ArrayNode errors = problem.putArray("errors");
        rejected.problems().forEach(field ->
                errors.addObject().put("field", field.field()).put("message", field.message()));
        return Json.write(problem);
    }
}
