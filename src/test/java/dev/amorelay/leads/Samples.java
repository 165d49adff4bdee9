package dev.amorelay.leads;

import dev.amorelay.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The payloads of {@code src/test/resources/leads}, and small leads for the tests of one thing. */
final class Samples {

    static final List<String> FILES = List.of("site.json", "cart_order.json", "diagnostics_widget_null.json",
            "diagnostics_widget_full.json", "diagnostics.json", "bot_order.json", "bot_invoice.json", "direct_api.json",
            "unknown_source.json", "form.txt");
    static final UUID ID = UUID.fromString("11111111-2222-4333-8444-555555555555");

    private Samples() {
    }

    static byte[] bytes(String file) {
        try (InputStream in = Samples.class.getResourceAsStream("/leads/" + file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }

    static Lead lead(String file) {
        return new LeadReader().read(bytes(file), null);
    }

    static Lead json(String json) {
        return new LeadReader().read(json.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    static Lead form(String body) {
        return new LeadReader().read(body.getBytes(StandardCharsets.UTF_8), "application/x-www-form-urlencoded");
    }

    /** The sample under the id {@link #ID}, so that texts with the id can be written out. */
    static Lead named(String file) {
        Lead lead = lead(file);
        return new Lead(ID, lead.source(), lead.name(), lead.phone(), lead.phoneE164(), lead.email(), lead.message(),
                lead.telegramId(), lead.price(), lead.meta(), lead.remarks());
    }

    static Lead withMeta(String source, String meta) {
        return new Lead(ID, source, "Иван", null, null, null, null, null, 0, Json.read(meta), List.of());
    }
}
