package dev.amorelay.service;

import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.database.SqlFile;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import dev.amorelay.maintenance.NextMaintenance;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The steps of a request, whoever makes them: the row, the machine's status and history, and who is told. To be called with
 * request and machine locked, see {@link RequestBook#lock}.
 */
@Component
public class RequestProgress {

    private final JdbcTemplate jdbc;
    private final ServiceMessages messages;
    private final NextMaintenance maintenance;
    private final AccountZones zones;
    private final String repaired = SqlFile.read("service/machine-repaired.sql");

    /**
     * @param jdbc the relay's database
     * @param messages who is told
     * @param maintenance the next date, which the CRM is to know too
     * @param zones by whose clock a machine's history is dated
     */
    public RequestProgress(JdbcTemplate jdbc, ServiceMessages messages, NextMaintenance maintenance, AccountZones zones) {
        this.jdbc = jdbc;
        this.maintenance = maintenance;
        this.zones = zones;
        this.messages = messages;
    }

    /**
     * The work begins: a machine that was operational is in repair.
     *
     * @param request a new one
     * @param engineer Telegram id of who has taken it; null where nobody is named
     */
    void begin(ServiceRequest request, @Nullable Long engineer) {
        jdbc.update("UPDATE service_requests SET status = 'in_progress', engineer = ?, taken_at = now(), updated_at = now() WHERE id = ?",
                engineer, request.id());
        jdbc.update("UPDATE machine_instances SET status = 'repair', updated_at = now() WHERE id = ? AND status = 'operational'",
                request.machine().id());
        messages.tell(request, RequestStatus.IN_PROGRESS);
    }

    /**
     * The work is done: the machine's history gets a line, and the machine is operational where nothing else keeps it.
     *
     * @param request one that is open
     * @param engineer Telegram id of who says so; null where nobody is named
     * @param work what was done; null where nobody wrote it
     */
    void finish(ServiceRequest request, @Nullable Long engineer, @Nullable Completion work) {
        String result = work == null ? null : work.result();
        jdbc.update("""
                UPDATE service_requests SET status = 'done', engineer = coalesce(engineer, ?), taken_at = coalesce(taken_at, now()),
                       done_at = now(), result = ?, updated_at = now() WHERE id = ?""", engineer, result, request.id());
        String line = StoredJson.write(Json.array().add(Json.object()
                .put("date", LocalDate.now(zones.of(request.account())).toString())
                .put("title", "Заявка №" + request.number())
                .put("description", result == null ? request.description() : result)
                .put("status", RequestStatus.DONE.code())));
        jdbc.update(repaired, line, request.machine().id());
        if (work != null && work.nextMaintenance() != null) {
            maintenance.set(request.machine().id(), work.nextMaintenance());
        }
        messages.tell(request, RequestStatus.DONE);
    }

    /**
     * The request is called off; a machine that was in repair for it is operational.
     *
     * @param request one that is open
     */
    void cancel(ServiceRequest request) {
        jdbc.update("UPDATE service_requests SET status = 'cancelled', updated_at = now() WHERE id = ?", request.id());
        if (request.status() == RequestStatus.IN_PROGRESS) {
            jdbc.update(repaired, "[]", request.machine().id());
        }
        messages.tell(request, RequestStatus.CANCELLED);
    }
}
