package dev.amorelay.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.SandboxApi;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Lets things go wrong on demand. */
@SandboxApi
@RequestMapping("/sandbox/api/faults")
public class FaultsApi {

    private final AllFaults faults;

    /** Changes {@code faults}. */
    public FaultsApi(AllFaults faults) {
        this.faults = faults;
    }

    /** @return {@code {"faults":[…]}}, all in force */
    @GetMapping
    public JsonNode list() {
        ObjectNode answer = Json.object();
        answer.set("faults", faults.view());
        return answer;
    }

    /** Adds one fault or an array of them; answers all in force. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    public JsonNode add(@RequestBody JsonNode wish, @RequestParam(name = "account", required = false) String account) {
        if (wish.isArray()) {
            wish.forEach(one -> faults.add(one, account));
        } else {
            faults.add(wish, account);
        }
        return list();
    }

    /** Removes all faults, or those {@code at} one place, or of one {@code account}. */
    @DeleteMapping
    public JsonNode clear(@RequestParam(name = "at", required = false) String at,
                          @RequestParam(name = "account", required = false) String account) {
        faults.clear(at, account);
        return list();
    }
}
