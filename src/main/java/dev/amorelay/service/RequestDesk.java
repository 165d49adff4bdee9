package dev.amorelay.service;

import dev.amorelay.clients.TelegramUser;
import dev.amorelay.database.SqlFile;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import dev.amorelay.park.NotYours;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes requests: one commit holds the request, the lead that makes its deal, and whom to tell. */
@Component("requestDesk")
public class RequestDesk {

    /** Of one machine; who has ten engineers on the way needs no eleventh. */
    static final int MOST_OPEN = 10;

    private final JdbcTemplate jdbc;
    private final RequestBook book;
    private final RequestLead lead;
    private final ServiceMessages messages;
    private final PhotoRepository photos;
    private final String open = SqlFile.read("service/open.sql");

    /**
     * @param jdbc the relay's database
     * @param book the stored requests
     * @param lead what a request looks like as a lead
     * @param messages who is told
     * @param photos the stored photos
     */
    public RequestDesk(JdbcTemplate jdbc, RequestBook book, RequestLead lead, ServiceMessages messages, PhotoRepository photos) {
        this.jdbc = jdbc;
        this.book = book;
        this.lead = lead;
        this.messages = messages;
        this.photos = photos;
    }

    /**
     * Stores a request for one's own machine, unless its post is a repeat.
     *
     * @param user who asks
     * @param form what was filled in
     * @param idempotencyKey the caller's own key: the same from the same person is the same request; null for none
     * @return the request; a repeated post gets the first one's
     * @throws NotYours where the machine is not the client's
     * @throws RequestRejected where a photo is somebody else's, or none
     * @throws OutOfTurn where {@value #MOST_OPEN} requests for the machine are open
     */
    @Transactional
    public ServiceRequest open(@Variable("user") TelegramUser user, @Body RequestForm form,
            @Header("Idempotency-Key") @Nullable String idempotencyKey) {
        String key = key(user, idempotencyKey);
        Optional<ServiceRequest> earlier = byKey(key);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        if (!photos.areOwn(form.photos(), user.telegramId())) {
            throw RequestRejected.of("photos", "Фото не распознаны: приложите их заново");
        }
        // requests for one machine take turns from here on
        List<UUID> machines = jdbc.queryForList("SELECT id FROM machine_instances WHERE id = ? AND client_id = ? FOR NO KEY UPDATE",
                UUID.class, form.machine(), user.client());
        if (machines.isEmpty()) {
            throw new NotYours("Такого станка нет среди ваших.");
        }
        earlier = byKey(key);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Integer waiting = jdbc.queryForObject("SELECT count(*) FROM service_requests WHERE machine_id = ? AND status IN ('new', 'in_progress')",
                Integer.class, form.machine());
        if (waiting >= MOST_OPEN) {
            throw OutOfTurn.tooMany(waiting);
        }
        UUID id = jdbc.queryForObject(open, UUID.class, form.machine(), user.client(), user.telegramId(), form.description(),
                form.phone(), StoredJson.write(Json.MAPPER.valueToTree(form.photos())), UUID.randomUUID(), lead.account(form.machine()), key,
                user.telegramId());
        ServiceRequest request = book.find(id).orElseThrow();
        lead.store(request, user);
        messages.tell(request, RequestStatus.NEW);
        return request;
    }

    private Optional<ServiceRequest> byKey(String key) {
        return key == null ? Optional.empty() : jdbc.queryForList("SELECT id FROM service_requests WHERE idempotency_key = ?", UUID.class, key)
                .stream().findFirst().flatMap(book::find);
    }

    private static String key(TelegramUser user, String idempotencyKey) {
        if (idempotencyKey == null || idempotencyKey.isBlank()) {
            return null;
        }
        try {
            byte[] text = (user.telegramId() + " " + idempotencyKey.strip()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
