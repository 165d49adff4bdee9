package dev.amorelay.service;

import dev.amorelay.clients.TelegramUser;
import dev.amorelay.maintenance.NextMaintenance;
import dev.amorelay.park.NotYours;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What engineers and clients do with requests. Each step is one commit with everything it owes; the same step again changes
 * nothing and is answered like the first.
 */
@Component("requestMoves")
public class RequestMoves {

    private final RequestBook book;
    private final RequestProgress progress;
    private final RequestStages stages;
    private final NextMaintenance maintenance;

    /**
     * @param book the stored requests
     * @param progress makes the steps
     * @param stages tells what follows in the CRM
     * @param maintenance with whose news of the next date a step takes turns
     */
    public RequestMoves(RequestBook book, RequestProgress progress, RequestStages stages, NextMaintenance maintenance) {
        this.book = book;
        this.progress = progress;
        this.stages = stages;
        this.maintenance = maintenance;
    }

    /**
     * An engineer takes a request.
     *
     * @param user the engineer, or the admin
     * @param id our uuid of the request
     * @return the request, in progress
     * @throws NotYours for who is no engineer of the supplier, and where there is no such request
     * @throws OutOfTurn when somebody else has taken it, or it has ended
     */
    @Transactional
    public ServiceRequest take(@Variable("user") TelegramUser user, @Variable("request") String id) {
        return step(user, id, RequestStatus.IN_PROGRESS, request -> progress.begin(request, ServiceLogin.engineer(user)));
    }

    /**
     * An engineer marks a request as done.
     *
     * @param user the engineer, or the admin
     * @param id our uuid of the request
     * @param work what was done
     * @return the request, done
     * @throws NotYours for who is no engineer of the supplier, and where there is no such request
     * @throws OutOfTurn when it was cancelled
     */
    @Transactional
    public ServiceRequest finish(@Variable("user") TelegramUser user, @Variable("request") String id, @Body Completion work) {
        if (work.nextMaintenance() != null) {
            book.find(uuid(id)).ifPresent(request -> maintenance.takeTurn(request.machine().id()));
        }
        return step(user, id, RequestStatus.DONE, request -> progress.finish(request, ServiceLogin.engineer(user), work));
    }

    /**
     * A client calls a request of its own off, as long as nobody has taken it; an engineer may do so until it has ended.
     *
     * @param user of the client, an engineer, or the admin
     * @param id our uuid of the request
     * @return the request, cancelled
     * @throws NotYours for who is neither, and where there is no such request
     * @throws OutOfTurn when it is too late
     */
    @Transactional
    public ServiceRequest cancel(@Variable("user") TelegramUser user, @Variable("request") String id) {
        return step(user, id, RequestStatus.CANCELLED, progress::cancel);
    }

    private ServiceRequest step(TelegramUser user, String id, RequestStatus next, Consumer<ServiceRequest> make) {
        ServiceRequest request = locked(id);
        boolean own = user.client() != null && user.client().equals(request.client());
        if (!user.staff() && !(own && next == RequestStatus.CANCELLED)) {
            throw notThere();
        }
        if (request.status() == next && isRepeat(user, request)) {
            return request;
        }
        if (!request.status().leadsTo(next) || !user.staff() && request.status() != RequestStatus.NEW) {
            throw OutOfTurn.of(request);
        }
        make.accept(request);
        ServiceRequest moved = book.find(request.id()).orElseThrow();
        stages.tell(moved);
        return moved;
    }

    /** Of two engineers who take a request only one has it. */
    private static boolean isRepeat(TelegramUser user, ServiceRequest request) {
        Long engineer = ServiceLogin.engineer(user);
        return request.status() != RequestStatus.IN_PROGRESS || (engineer == null ? request.engineer() == null : engineer.equals(request.engineer()));
    }

    private ServiceRequest locked(String id) {
        return book.lock(List.of(uuid(id))).stream().findFirst().orElseThrow(RequestMoves::notThere);
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException noUuid) {
            throw notThere();
        }
    }

    private static NotYours notThere() {
        return new NotYours("Такой заявки нет.");
    }
}
