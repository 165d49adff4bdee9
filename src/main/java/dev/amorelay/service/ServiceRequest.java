package dev.amorelay.service;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A client's call for an engineer.
 *
 * @param id ours
 * @param number what people call it
 * @param status how far it is
 * @param account the configured name of the CRM account that has its deal
 * @param deal amoCRM's id of the deal; null until it is made
 * @param lead our uuid of the lead that makes the deal
 * @param machine what it is about
 * @param client whose it is; null where the client is gone
 * @param clientName the client's name; null likewise
 * @param telegramId who sent it
 * @param phone to call back, as typed; null for none
 * @param description what is wrong, in the client's words
 * @param photos Telegram's file ids
 * @param engineer Telegram id of who took it; null where the CRM or the admin said so, or nobody did
 * @param createdAt when it was sent
 * @param doneAt when it was done; null before
 * @param result what was done; null where nobody wrote it
 * @param pushedStage the stage that we have put the deal to last; null for none
 */
public record ServiceRequest(UUID id, long number, RequestStatus status, String account, Long deal, UUID lead, Machine machine,
                             UUID client, String clientName, Long telegramId, String phone, String description, List<String> photos,
                             Long engineer, Instant createdAt, Instant doneAt, String result, Long pushedStage) {

    /**
     * The machine of a request.
     *
     * @param id ours
     * @param name its model
     * @param serial its serial number
     * @param nextMaintenance the day of the next maintenance, by the calendar of the machine's account; null where none is known
     */
    public record Machine(UUID id, String name, String serial, LocalDate nextMaintenance) {
    }

    /** @return number and status only: a request in a log line shows nobody's phone */
    @Override
    public String toString() {
        return "ServiceRequest[" + number + ", " + status.code() + "]";
    }
}
