package dev.amorelay.service;

import dev.amorelay.delivery.FlowEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Who may be told of a request's steps: its client, and the supplier's engineers. The flow says who is told of which. */
@Component
public class ServiceMessages {

    private final JdbcTemplate jdbc;
    private final FlowEvents events;

    /**
     * @param jdbc the relay's database
     * @param events tells the flow that owes the messages
     */
    public ServiceMessages(JdbcTemplate jdbc, FlowEvents events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /**
     * Tells the flow of a step, in the commit that makes it.
     *
     * @param request which one
     * @param status where it has come to; each step is told once
     */
    void tell(ServiceRequest request, RequestStatus status) {
        List<Long> staff = open("staff").stream().filter(chat -> !chat.equals(request.telegramId())).toList();
        List<Map<String, Object>> photos = new ArrayList<>();
        for (Long chat : staff) {
            for (int place = 0; place < request.photos().size(); place++) {
                photos.add(Map.of("request", request.id().toString(), "photo", place, "chat", chat));
            }
        }
        List<Map<String, Object>> client = told(request, status, open("tg_id = ?", request.telegramId()));
        events.tell("service.request.stepped", Map.of("request", request.id().toString(), "status", status.code(),
                "client", client, "staff", told(request, status, staff), "photos", photos));
    }

    private static List<Map<String, Object>> told(ServiceRequest request, RequestStatus status, List<Long> chats) {
        String id = request.id().toString();
        return chats.stream().map(chat -> Map.<String, Object>of("request", id, "status", status.code(), "chat", chat)).toList();
    }

    private List<Long> open(String whose, Object... values) {
        return jdbc.queryForList("SELECT tg_id FROM telegram_users WHERE NOT chat_closed AND " + whose + " ORDER BY tg_id", Long.class, values);
    }
}
