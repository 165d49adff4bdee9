package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.doors.AdminAnswer;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The connection test: what a test lead looks like, and how success and failure are told. */
@Component
public class CrmCheck {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm:ss");

    private final Accounts accounts;
    private final AccountZones zones;

    /**
     * @param accounts whose connection is tested
     * @param zones by whose clock the test is named
     */
    public CrmCheck(Accounts accounts, AccountZones zones) {
        this.accounts = accounts;
        this.zones = zones;
    }

    /**
     * Which account is meant.
     *
     * @param name as the caller gave it; null or empty = the default one
     * @return the configured name
     * @throws NoSuchAccount when none is configured by this name
     */
    public String account(@Header("account") @Nullable String name) {
        return accounts.named(name).name();
    }

    /**
     * A test lead.
     *
     * @param name the configured name of the account
     * @return a lead of price 1 in the account's place of new leads, as API v4 takes it
     */
    public List<JsonNode> testLead(@Variable("account") String name) {
        AccountSettings account = accounts.named(name).settings();
        ObjectNode lead = Json.object().put("name", "TEST: проверка связи " + LocalDateTime.now(zones.of(name)).format(MOMENT))
                .put("price", 1).put("request_id", "test");
        if (account.pipelineId() != null) {
            lead.put("pipeline_id", account.pipelineId());
        }
        if (account.statusId() != null) {
            lead.put("status_id", account.statusId());
        }
        if (account.responsibleUserId() != null) {
            lead.put("responsible_user_id", account.responsibleUserId());
        }
        return List.of(lead);
    }

    /**
     * Tells failure.
     *
     * @param failure what happened
     * @return {@code {"status":"error", "cause", "remedy", "detail"}} in plain words; 404 where there is no such account, else 502
     */
    public AdminAnswer failure(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
        ObjectNode told = Json.object().put("status", "error");
        if (failure instanceof CrmUnavailable unavailable) {
            told.put("cause", unavailable.cause()).put("remedy", unavailable.remedy())
                    .put("detail", unavailable.getMessage());
        } else if (failure instanceof CrmRejected rejected) {
            told.put("cause", "amoCRM не принимает данные сделки")
                    .put("remedy", "проверьте номера воронки, этапа, ответственного и полей в настройках")
                    .put("detail", rejected.getMessage());
        } else if (failure instanceof NoSuchAccount) {
            told.put("cause", "нет такого аккаунта").put("remedy", "проверьте имя: " + String.join(", ", accounts.names()));
        } else {
            told.put("cause", "внутренняя ошибка релея").put("remedy", "посмотрите журнал")
                    .put("detail", failure.getClass().getSimpleName());
        }
        return AdminAnswer.of(failure instanceof NoSuchAccount ? 404 : 502, told);
    }
}
