package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.amocrm.Account;
import dev.amorelay.json.Json;
import dev.amorelay.phone.Phones;
import dev.amorelay.settings.AccountSettings;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is posted: a lead whose every effect can be written, or a refusal that a form can show. */
class LeadGarbageTest {

    private static final String[] TYPES = {null, "application/json", "application/x-www-form-urlencoded",
        "text/plain; charset=windows-1251", "application/json; charset=UTF-16", "charset=;", "multipart/form-data"};
    private static final AccountSettings ACCOUNT = new AccountSettings("example", null, "t", null, null, null, 1L, 2L, 3L,
            null, 4L, new AccountSettings.Fields(1L, 2L, 3L, 4L, 5L, 6L, 7L), null, null, null, null, null);

    private final LeadReader reader = new LeadReader();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomBytes(long seed) {
        Random random = new Random(seed);
        String[] starts = {"", "{", "{\"message\":\"", "message=", "phone=%", "{\"phone\":1,\"meta\":{\"a\":", "\ufeff["};
        for (int i = 0; i < 1500; i++) {
            byte[] start = starts[random.nextInt(starts.length)].getBytes(StandardCharsets.UTF_8);
            byte[] body = Arrays.copyOf(start, start.length + random.nextInt(60));
            for (int at = start.length; at < body.length; at++) {
                body[at] = (byte) random.nextInt(256);
            }
            check(body, TYPES[random.nextInt(TYPES.length)]);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void damagedSamples(String file) {
        Random random = new Random(file.hashCode());
        byte[] tokens = "{}[]\":,=&%+-.0189e\\u\u0000\n".getBytes(StandardCharsets.UTF_8);
        int taken = 0;
        for (int i = 0; i < 500; i++) {
            byte[] body = Samples.bytes(file);
            for (int n = random.nextInt(4); n >= 0; n--) {
                body[random.nextInt(body.length)] = random.nextBoolean()
                        ? tokens[random.nextInt(tokens.length)] : (byte) random.nextInt(256);
            }
            taken += check(body, TYPES[random.nextInt(TYPES.length)]);
        }
        assertThat(taken).as("leads that survive the damage").isPositive();
    }

    static List<String> files() {
        return Samples.FILES;
    }

    private int check(byte[] body, String type) {
        Lead lead = read(body, type).orElse(null);
        if (lead == null) {
            return 0;
        }
        assertThat(lead.phoneE164() != null || Phones.mayHoldOne(lead.phone()) || lead.email() != null || lead.message() != null
                || lead.telegramId() != null || TelegramPerson.of(lead.meta()).username() != null || String.join("", lead.remarks()).contains("Не найдены ни телефон")).isTrue();
        assertThat(lead.price()).isBetween(0L, 2147483647L);
        String written = Json.write(lead.meta()) + lead.remarks() + lead.name() + lead.message() + lead.source()
                + Texts.cards(account -> ZoneOffset.UTC).card(lead, new Account("default", ACCOUNT), 1L) + new ContactCard().card(lead) + Texts.mail(lead);
        assertThat(Json.storable(written)).isEqualTo(written);
        assertThat(Texts.subject(lead)).doesNotContain("\n", "\r");
        assertThat(Texts.notes(lead)).allSatisfy(note -> assertThat(note).isNotBlank().hasSizeLessThanOrEqualTo(20_000));
        return 1;
    }

    private Optional<Lead> read(byte[] body, String type) {
        try {
            return Optional.of(reader.read(body, type));
        } catch (LeadRejected e) {
            assertThat(e.problems()).isNotEmpty();
            assertThat(e.getMessage()).matches("lead rejected: (body|phone|email|phone, email)");
            return Optional.empty();
        }
    }
}
