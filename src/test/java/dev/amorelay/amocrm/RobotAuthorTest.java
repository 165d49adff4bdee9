package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RobotAuthorTest {

    private static String post(String path, String body) {
        return RobotAuthor.sign(CrmCall.post("default", path, Json.read(body))).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v4/leads", "/api/v4/contacts", "/api/v4/companies", "/api/v4/tasks", "/api/v4/leads/notes", "/api/v4/leads/17/notes",
            "/api/v4/contacts/notes", "/api/v4/leads/complex"})
    void whatIsMadeIsMadeByARobot(String path) {
        assertThat(post(path, "[{\"name\":\"x\"}]")).isEqualTo("[{\"name\":\"x\",\"created_by\":0,\"updated_by\":0}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v4/leads", "/api/v4/leads/17", "/api/v4/contacts/17", "/api/v4/tasks", "/api/v4/leads/17/notes/18"})
    void whatIsChangedIsChangedByARobot(String path) {
        JsonNode signed = RobotAuthor.sign(CrmCall.patch("default", path, Json.read("{\"id\":17}")));
        assertThat(signed).hasToString("{\"id\":17,\"updated_by\":0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v4/webhooks", "/api/v4/leads/custom_fields", "/oauth2/access_token", "/api/v4/leads/17/link"})
    void theSetUpHasNoAuthor(String path) {
        assertThat(post(path, "[{\"name\":\"x\"}]")).isEqualTo("[{\"name\":\"x\"}]");
    }

    @Test
    void whomAFlowNamesStays() {
        assertThat(post("/api/v4/leads", "[{\"created_by\":7,\"updated_by\":8}]")).isEqualTo("[{\"created_by\":7,\"updated_by\":8}]");
    }

    @Test
    void aContactThatIsMadeWithItsLeadIsARobotsToo() {
        assertThat(post("/api/v4/leads/complex", "[{\"_embedded\":{\"contacts\":[{\"name\":\"x\"}],\"companies\":[{\"id\":1}]}}]"))
                .isEqualTo("[{\"_embedded\":{\"contacts\":[{\"name\":\"x\",\"created_by\":0,\"updated_by\":0}],\"companies\":[{\"id\":1}]},"
                        + "\"created_by\":0,\"updated_by\":0}]");
    }

    @Test
    void theCallItselfStaysAsItIs() {
        CrmCall call = CrmCall.post("default", "/api/v4/leads", Json.read("[{\"name\":\"x\"}]"));
        RobotAuthor.sign(call);
        assertThat(call.body()).hasToString("[{\"name\":\"x\"}]");
    }
}
