package dev.amorelay.sandbox.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.SandboxApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What Telegram would sign for the relay's bot: who has opened the Mini App, and whose phone it is. */
@SandboxApi
public class SignedApi {

    private static final String USER = "700100200";
    private static final String HMAC = "HmacSHA256";

    private final Environment environment;

    /** Signs with the bot's token in {@code environment}. */
    public SignedApi(Environment environment) {
        this.environment = environment;
    }

    /**
     * A test user who opens the Mini App.
     *
     * @param user Telegram's id
     * @param name first name
     * @param start what followed {@code startapp=} in the link; empty for nothing
     * @param age seconds since then; below 0 is the future
     * @return {@code Telegram.WebApp.initData} as it would be
     */
    @GetMapping(path = "/sandbox/park/init-data", produces = MediaType.TEXT_PLAIN_VALUE)
    public String initData(@RequestParam(name = "user", defaultValue = USER) long user, @RequestParam(name = "name", defaultValue = "Иван") String name,
                           @RequestParam(name = "start", defaultValue = "") String start, @RequestParam(name = "age", defaultValue = "0") long age) {
        ObjectNode person = Json.object().put("id", user).put("first_name", name).put("last_name", "").put("language_code", "ru")
                .put("allows_write_to_pm", true);
        Map<String, String> fields = new TreeMap<>(Map.of("query_id", "AAHdF6IQAAAAAN0XohDhrOrc", "user", Json.write(person),
                "signature", "not-checked-by-bots-own-server"));
        if (!start.isEmpty()) {
            fields.put("start_param", start);
        }
        return signed(fields, age);
    }

    /**
     * A test user who shares a phone.
     *
     * @param user Telegram's id of who shares it
     * @param owner Telegram's id of whose it is; without it the same
     * @param phone digits
     * @param age seconds since then
     * @return the response of {@code Telegram.WebApp.requestContact} as it would be
     */
    @GetMapping(path = "/sandbox/park/contact", produces = MediaType.TEXT_PLAIN_VALUE)
    public String contact(@RequestParam(name = "user", defaultValue = USER) long user, @RequestParam(name = "owner", required = false) Long owner,
                          @RequestParam("phone") String phone, @RequestParam(name = "age", defaultValue = "0") long age) {
        return signed(new TreeMap<>(Map.of("contact", Json.write(Json.object().put("user_id", owner == null ? user : owner)
                .put("phone_number", phone).put("first_name", "Иван")))), age);
    }

    private String signed(Map<String, String> fields, long age) {
        fields.put("auth_date", String.valueOf(Instant.now().getEpochSecond() - age));
        String text = fields.entrySet().stream().map(field -> field.getKey() + "=" + field.getValue()).collect(Collectors.joining("\n"));
        byte[] key = hmac("WebAppData".getBytes(StandardCharsets.UTF_8), environment.getRequiredProperty("relay.telegram.bot-token"));
        fields.put("hash", HexFormat.of().formatHex(hmac(key, text)));
        return fields.entrySet().stream().map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
