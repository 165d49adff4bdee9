package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.clients.Invitations;
import dev.amorelay.clients.Invitations.Guest;
import dev.amorelay.clients.SharedPhones;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever joins a client, by whatever proof, is told to its people, once. */
class JoinedClientsIT extends RunningRelay {

    private static final long ACCOUNT = 31_000_001;

    @Autowired
    private SharedPhones phones;

    @Autowired
    private Invitations invitations;

    private UUID client() {
        return jdbc.queryForObject("INSERT INTO clients (name, account_id) VALUES (?, ?) RETURNING id", UUID.class, "Завод " + UUID.randomUUID(), ACCOUNT);
    }

    private long person(String name, UUID client) {
        long id = ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);
        jdbc.update("INSERT INTO telegram_users (tg_id, name, client_id, linked_by, linked_at) VALUES (?, ?, ?, 'sale', now() - interval '1 day')", id, name, client);
        return id;
    }

    private void hears(long person, String name) {
        soon().untilAsserted(() -> assertThat(chat(person)).singleElement().asString().contains("присоединился человек: " + name + "."));
    }

    @Test
    void byAPhone() {
        UUID client = client();
        long there = person("Иван", client);
        jdbc.update("UPDATE telegram_users SET chat_closed = true WHERE tg_id = ?", person("Закрытый", client));
        String phone = "+7999" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);
        jdbc.update("INSERT INTO amocrm_contacts (account_id, contact_id, client_id, name, phones) VALUES (?, ?, ?, 'Пример', ARRAY[?])",
                ACCOUNT, there, client, phone);
        long joins = person("Пётр\n https://t.me/x @y", null);

        assertThat(phones.share(joins, phone)).isEqualTo(SharedPhones.Outcome.LINKED);
        assertThat(phones.share(joins, phone)).as("once more").isEqualTo(SharedPhones.Outcome.LINKED);

        hears(there, "Пётр t. mex y");
        assertThat(jdbc.queryForList("SELECT payload ->> 'chat' FROM outbox WHERE kind = 'telegram.client-joined' AND subject_id = ?", String.class,
                String.valueOf(joins))).containsExactly(String.valueOf(there));
    }

    @Test
    void byAnInvitationThatMovesThem() {
        UUID client = client();
        long there = person("Иван", client);
        UUID before = client();
        long left = person("Прежний", before);
        long joins = person("Пётр", before);

        String link = invitations.invite(new Guest(client, "engineer", false, null, null)).link();
        invitations.use(link.replaceFirst(".*inv_", ""), joins);

        hears(there, "Пётр");
        allIsQuiet();
        assertThat(chat(left)).isEmpty();
        assertThat(chat(joins)).isEmpty();
    }

    @Test
    void bothSidesOfAMerge() {
        UUID loser = client();
        UUID winner = client();
        List<Long> losers = List.of(person("Первый", loser), person("Второй", loser));
        long theirs = person("Третий", winner);

        assertThat(jdbc.queryForObject("SELECT merge_clients(?, ?, 'inn')", Boolean.class, loser, winner)).isTrue();

        losers.forEach(one -> hears(one, "Третий"));
        soon().untilAsserted(() -> assertThat(chat(theirs)).hasSize(2).anyMatch(text -> text.contains("Первый")).anyMatch(text -> text.contains("Второй")));
    }

    @Test
    void nobodyIsToldOfWhatChangesNoClient() {
        UUID client = client();
        long there = person("Иван", client);
        long other = person("Пётр", client);
        jdbc.update("UPDATE telegram_users SET name = 'Павел' WHERE tg_id = ?", other);
        jdbc.update("UPDATE telegram_users SET client_id = client_id WHERE client_id = ?", client);
        jdbc.update("UPDATE telegram_users SET client_id = NULL WHERE tg_id = ?", other);
        assertThat(jdbc.queryForList("SELECT 1 FROM outbox WHERE kind = 'telegram.client-joined' AND payload ->> 'chat' IN (?, ?)", String.valueOf(there),
                String.valueOf(other))).isEmpty();
    }
}
