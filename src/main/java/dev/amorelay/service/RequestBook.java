package dev.amorelay.service;

import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.database.SqlFile;
import dev.amorelay.json.StoredJson;
import dev.amorelay.service.ServiceRequest.Machine;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The stored service requests. */
@Component("requestBook")
public class RequestBook {

    private static final int MOST_SHOWN = 200;

    private final JdbcTemplate jdbc;
    private final String requests;

    /**
     * @param jdbc the relay's database
     * @param zones by whose clock days are told
     */
    public RequestBook(JdbcTemplate jdbc, AccountZones zones) {
        this.jdbc = jdbc;
        // the name of a zone: letters, digits, / _ + -
        this.requests = SqlFile.read("service/requests.sql").replace(":usual", "'" + zones.usual().getId() + "'");
    }

    /**
     * Whose CRM a request's deal is in.
     *
     * @param id our uuid of it
     * @return the configured name; null where there is no such request
     */
    @Nullable String accountOf(String id) {
        try {
            return jdbc.queryForList("SELECT account FROM service_requests WHERE id = ?", String.class, UUID.fromString(id))
                    .stream().findFirst().orElse(null);
        } catch (IllegalArgumentException noUuid) {
            return null;
        }
    }

    /**
     * A request.
     *
     * @param id our uuid of it
     * @return the request; empty where there is none
     */
    public Optional<ServiceRequest> find(UUID id) {
        return jdbc.query(requests + " WHERE request.id = ?", RequestBook::request, id).stream().findFirst();
    }

    /**
     * A request that is there.
     *
     * @param id our uuid of it
     * @return the request
     */
    public ServiceRequest request(String id) {
        return find(UUID.fromString(id)).orElseThrow(() -> new IllegalStateException("service request " + id + " is not stored"));
    }

    /**
     * The requests of a client, of whichever of its people, newest first.
     *
     * @param client whose
     * @return at most {@value #MOST_SHOWN}
     */
    public List<ServiceRequest> of(UUID client) {
        return jdbc.query(requests + " WHERE request.client_id = ? ORDER BY request.number DESC LIMIT " + MOST_SHOWN, RequestBook::request, client);
    }

    /**
     * The requests of all clients, newest first.
     *
     * @return at most {@value #MOST_SHOWN}; what is open goes before what is not
     */
    public List<ServiceRequest> all() {
        return jdbc.query(requests + " ORDER BY request.status IN ('done', 'cancelled'), request.number DESC LIMIT " + MOST_SHOWN, RequestBook::request);
    }

    /**
     * Locks requests and their machines until the end of the transaction, everybody in the same order.
     *
     * @param ids which
     * @return as they are now
     */
    List<ServiceRequest> lock(Collection<UUID> ids) {
        return jdbc.query(requests + " WHERE request.id = ANY (?) ORDER BY machine.id, request.id FOR NO KEY UPDATE OF machine, request",
                RequestBook::request, (Object) ids.toArray(UUID[]::new));
    }

    private static ServiceRequest request(ResultSet row, int number) throws SQLException {
        List<String> photos = new ArrayList<>();
        StoredJson.orMissing(row.getString("photos"), "the photos of service request " + row.getLong("number")).forEach(photo -> photos.add(photo.asText()));
        String deal = row.getString("amocrm_deal_id");
        Date next = row.getDate("next_maintenance");
        return new ServiceRequest(row.getObject("id", UUID.class), row.getLong("number"), RequestStatus.of(row.getString("status")),
                row.getString("account"), deal == null ? null : Long.valueOf(deal), row.getObject("lead_id", UUID.class),
                new Machine(row.getObject("machine_id", UUID.class), row.getString("machine_name"), row.getString("serial_number"),
                        next == null ? null : next.toLocalDate()),
                row.getObject("client_id", UUID.class), row.getString("client_name"), row.getObject("telegram_id", Long.class),
                row.getString("phone"), row.getString("description"), photos, row.getObject("engineer", Long.class),
                row.getTimestamp("created_at").toInstant(), moment(row.getTimestamp("done_at")), row.getString("result"),
                row.getObject("pushed_stage", Long.class));
    }

    private static Instant moment(Timestamp stored) {
        return stored == null ? null : stored.toInstant();
    }
}
