package dev.amorelay.service;

import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Who is told of a request: its client at each step, the supplier's engineers of a new and of a cancelled one. */
@Component
public class ServiceMessages {

    static final String TO_CLIENT = "telegram.service-request";
    static final String TO_STAFF = "telegram.service-staff";
    static final String PHOTO = "telegram.service-photo";

    private final JdbcTemplate jdbc;
    private final Outbox outbox;

    /**
     * @param jdbc the relay's database
     * @param outbox where messages are owed
     */
    public ServiceMessages(JdbcTemplate jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    /**
     * Owes what is to be told of a step, in the commit that makes it. The texts are made when they are sent.
     *
     * @param request which one
     * @param status where it has come to; each step is told once
     */
    void owe(ServiceRequest request, RequestStatus status) {
        open("tg_id = ?", request.telegramId()).forEach(chat -> owe(TO_CLIENT, request, status, chat));
        if (status == RequestStatus.NEW || status == RequestStatus.CANCELLED) {
            List<Long> staff = open("staff").stream().filter(chat -> !chat.equals(request.telegramId())).toList();
            staff.forEach(chat -> owe(TO_STAFF, request, status, chat));
            if (status == RequestStatus.NEW) {
                staff.forEach(chat -> owePhotos(request, chat));
            }
        }
    }

    private void owePhotos(ServiceRequest request, long chat) {
        for (int place = 0; place < request.photos().size(); place++) {
            outbox.owe(PHOTO, PHOTO + ":" + request.id() + ":" + place + ":" + chat, request.id().toString(),
                    Json.object().put("chat", chat).put("photo", place));
        }
    }

    private List<Long> open(String whose, Object... values) {
        return jdbc.queryForList("SELECT tg_id FROM telegram_users WHERE NOT chat_closed AND " + whose + " ORDER BY tg_id", Long.class, values);
    }

    private void owe(String kind, ServiceRequest request, RequestStatus status, long chat) {
        outbox.owe(kind, kind + ":" + request.id() + ":" + status.code() + ":" + chat, request.id().toString(),
                Json.object().put("chat", chat).put("status", status.code()));
    }
}
