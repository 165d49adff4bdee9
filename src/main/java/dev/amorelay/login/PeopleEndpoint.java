package dev.amorelay.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.doors.AdminAnswer;
import dev.amorelay.json.Json;
import dev.amorelay.settings.PasswordRule;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Who may log in, in an admin's hands; and who one is oneself. */
@Component
public class PeopleEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(PeopleEndpoint.class);
    private static final Pattern ADDRESS = Pattern.compile("/api/admin/people/([^/]+)/?");

    private final PeopleRepository people;
    private final SessionRepository sessions;
    private final PasswordEncoder encoder;

    PeopleEndpoint(PeopleRepository people, SessionRepository sessions, PasswordEncoder encoder) {
        this.people = people;
        this.sessions = sessions;
        this.encoder = encoder;
    }

    /** @return {@code {"name", "role"}} of whoever asks */
    public AdminAnswer me() {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        Optional<Role> role = who == null ? Optional.empty() : who.getAuthorities().stream()
                .map(granted -> granted.getAuthority().replaceFirst("^ROLE_", "").toLowerCase(Locale.ROOT)).map(Role::of).flatMap(Optional::stream).findFirst();
        return role.map(one -> AdminAnswer.ok(Json.object().put("name", who.getName()).put("role", one.text())))
                .orElseGet(() -> AdminAnswer.problem(401, "Войдите"));
    }

    /** @return {@code {"people": [{"name", "role", "changed", "locked"}]}}, {@code admin} first, whose password is a setting */
    public AdminAnswer all() {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("people");
        list.addObject().put("name", Person.ADMIN).put("role", Role.ADMIN.text()).putNull("changed").put("locked", false);
        people.all().forEach(person -> list.addObject().put("name", person.name()).put("role", person.role().text())
                .put("changed", person.changedAt().toInstant().toString()).put("locked", person.locked()));
        return AdminAnswer.ok(answer);
    }

    /**
     * Adds a person, gives one another role or password, locks or unlocks one; each ends the person's sessions.
     *
     * @param body {@code {"name", "role": "viewer" | "operator" | "admin", "password", "locked": true | false}}; an existing person keeps a
     *     password that is left out, and stays locked or not
     * @param contentType must be JSON: a foreign page cannot make a browser send that
     * @return {@code {"name", "role"}}; 400, 409 for {@code admin}, 415, 422 for a weak password
     */
    public AdminAnswer put(@Body byte[] body, @Header(Exchange.CONTENT_TYPE) String contentType) {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return AdminAnswer.problem(415, "тело должно быть JSON: задайте Content-Type: application/json");
        }
        JsonNode told = parsed(body);
        String name = told.path("name").asText("");
        Optional<Role> role = Role.of(told.path("role").asText(""));
        String password = told.path("password").asText("");
        if (name.equals(Person.ADMIN)) {
            return AdminAnswer.problem(409, "пароль admin задаёт RELAY_ADMIN_PASSWORD");
        }
        if (!Person.canBe(name)) {
            return AdminAnswer.problem(400, "name: от 2 до 32 строчных латинских букв, цифр, точек, дефисов, первая — буква");
        }
        if (role.isEmpty()) {
            return AdminAnswer.problem(400, "role: viewer, operator или admin");
        }
        Optional<String> weakness = password.isEmpty() ? Optional.empty() : PasswordRule.weakness(password, name);
        if (weakness.isPresent()) {
            return AdminAnswer.problem(422, "password: " + weakness.get());
        }
        if (told.has("locked") && !told.path("locked").isBoolean()) {
            return AdminAnswer.problem(400, "locked: true или false");
        }
        Boolean locked = told.has("locked") ? told.path("locked").asBoolean() : null;
        if (!people.put(name, role.get(), password.isEmpty() ? null : encoder.encode(password), locked)) {
            return AdminAnswer.problem(400, "password: новому человеку нужен пароль");
        }
        sessions.lookAgain();
        LOG.info("{} {} as {}", name, Boolean.TRUE.equals(locked) ? "is locked, and may not log in" : "may log in", role.get().text());
        return AdminAnswer.ok(Json.object().put("name", name).put("role", role.get().text()));
    }

    /**
     * Takes the login away, and ends the person's sessions.
     *
     * @param path {@code /api/admin/people/<name>}
     * @return {@code {"name"}}; 404 where there is nobody of this name, 409 for {@code admin}
     */
    public AdminAnswer remove(@Header(Exchange.HTTP_PATH) String path) {
        Matcher address = ADDRESS.matcher(path);
        String name = address.matches() ? address.group(1) : "";
        if (name.equals(Person.ADMIN)) {
            return AdminAnswer.problem(409, "admin остаётся: его пароль задаёт RELAY_ADMIN_PASSWORD");
        }
        if (!Person.canBe(name) || !people.remove(name)) {
            return AdminAnswer.problem(404, "такого человека нет");
        }
        sessions.lookAgain();
        LOG.info("{} may not log in any more", name);
        return AdminAnswer.ok(Json.object().put("name", name));
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return body == null ? Json.MAPPER.missingNode() : Json.MAPPER.readTree(body);
        } catch (IOException e) {
            return Json.MAPPER.missingNode();
        }
    }
}
