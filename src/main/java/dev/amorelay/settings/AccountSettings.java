package dev.amorelay.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One amoCRM account, as configured.
 *
 * @param subdomain the account's subdomain: {@code example} for example.amocrm.ru
 * @param baseUrl overrides {@code https://{subdomain}.amocrm.ru}; no trailing slash
 * @param accessToken long-lived token
 * @param clientId the integration's id
 * @param clientSecret the integration's secret
 * @param redirectUri the integration's redirect address, byte for byte as in its settings
 * @param pipelineId pipeline of new leads
 * @param statusId stage of new leads
 * @param responsibleUserId user who gets new leads
 * @param statusSuccess stage that means won
 * @param pipelinePartsId pipeline of spare part orders
 * @param field ids of the lead's custom fields
 * @param rateLimits windows that are never exceeded, for example {@code 7/1s,250/1m,7000/1h}
 * @param id amoCRM's number of the account; null = read from the account itself
 * @param webhookKey the account's own secret last part of the webhook address; empty = told apart by number
 * @param sources lead sources that go to this account; the others go to the default one
 * @param service where service requests go, and the stages that move them
 */
public record AccountSettings(
        @Pattern(regexp = "[a-z0-9-]*", message = "AMOCRM_SUBDOMAIN is the first word of the account's address, like 'example'")
        String subdomain,
        @Pattern(regexp = "(https?://[^/\\s]+(/[^\\s]*[^/\\s])?)?", message = "AMOCRM_BASE_URL must look like https://example.amocrm.ru, without a slash at the end")
        String baseUrl,
        String accessToken,
        String clientId,
        String clientSecret,
        @Pattern(regexp = Shapes.REDIRECT_OR_NOTHING, message = "AMOCRM_REDIRECT_URI must be https (http only for this machine), byte for byte as in the integration's settings")
        String redirectUri,
        @Positive(message = "AMOCRM_PIPELINE_ID must be a positive number") Long pipelineId,
        @Positive(message = "AMOCRM_STATUS_ID must be a positive number") Long statusId,
        @Positive(message = "AMOCRM_RESPONSIBLE_USER_ID must be a positive number") Long responsibleUserId,
        @Positive(message = "AMOCRM_STATUS_SUCCESS must be a positive number") Long statusSuccess,
        @Positive(message = "AMOCRM_PIPELINE_PARTS_ID must be a positive number") Long pipelinePartsId,
        @Valid @DefaultValue Fields field,
        @Pattern(regexp = "\\d{1,6}/\\d*[smh](,\\d{1,6}/\\d*[smh])*", message = "AMOCRM_RATE_LIMITS must look like 7/1s,250/1m,7000/1h")
        String rateLimits,
        @Positive(message = "the account's id must be a positive number") Long id,
        String webhookKey,
        List<String> sources,
        @Valid @DefaultValue Service service) {

    /** amoCRM's own id of the won stage, the same in every pipeline. */
    public static final long WON = 142;
    /** amoCRM's own id of the stage of deals that came to nothing, the same in every pipeline. */
    public static final long LOST = 143;

    /** Fills what was left empty. */
    public AccountSettings {
        // what a secret's file or a shell puts after it
        accessToken = accessToken == null ? null : accessToken.strip();
        statusSuccess = statusSuccess == null ? WON : statusSuccess;
        rateLimits = rateLimits == null || rateLimits.isBlank() ? "7/1s,250/1m,7000/1h" : rateLimits;
        sources = sources == null ? List.of() : List.copyOf(sources);
        field = field == null ? new Fields(null, null, null, null, null, null, null) : field;
        service = service == null ? new Service(null, null, null) : service;
    }

    /** The settings that tables of the flows name as {@code {{account.…}}}. */
    public static final List<String> VALUES = List.of("pipeline-id", "status-id", "responsible-user-id", "status-success", "pipeline-parts-id",
            "service.pipeline-id", "service.status-taken-id", "service.status-done-id", "field.serial-id", "field.model-id", "field.telegram-id",
            "field.configuration-id", "field.next-maintenance-id", "field.inn-id", "field.lead-uuid-id");

    /**
     * A setting by its name.
     *
     * @param name one of {@link #VALUES}
     * @return its value; null where it is not set
     */
    public String value(String name) {
        Long value = switch (name) {
            case "pipeline-id" -> pipelineId;
            case "status-id" -> statusId;
            case "responsible-user-id" -> responsibleUserId;
            case "status-success" -> statusSuccess;
            case "pipeline-parts-id" -> pipelinePartsId;
            case "service.pipeline-id" -> service.pipelineId();
            case "service.status-taken-id" -> service.statusTakenId();
            case "service.status-done-id" -> service.statusDoneId();
            case "field.serial-id" -> field.serialId();
            case "field.model-id" -> field.modelId();
            case "field.telegram-id" -> field.telegramId();
            case "field.configuration-id" -> field.configurationId();
            case "field.next-maintenance-id" -> field.nextMaintenanceId();
            case "field.inn-id" -> field.innId();
            case "field.lead-uuid-id" -> field.leadUuidId();
            default -> throw new IllegalArgumentException("an account has no setting " + name);
        };
        return value == null ? null : value.toString();
    }

    /**
     * The account's address.
     *
     * @return {@link #baseUrl}, or the one made of the subdomain; without a trailing slash
     */
    public String address() {
        return blank(baseUrl) ? "https://" + subdomain + ".amocrm.ru" : baseUrl;
    }

    /** @return whether tokens come by OAuth: a long-lived token, where one is given, goes first */
    public boolean usesOAuth() {
        return blank(accessToken) && !blank(clientId) && !blank(clientSecret) && !blank(redirectUri);
    }

    /**
     * The same account with other fields.
     *
     * @param other ids of the lead's custom fields
     * @return a copy
     */
    public AccountSettings with(Fields other) {
        return new AccountSettings(subdomain, baseUrl, accessToken, clientId, clientSecret, redirectUri, pipelineId, statusId, responsibleUserId, statusSuccess,
                pipelinePartsId, other, rateLimits, id, webhookKey, sources, service);
    }

    /** @return the address only: a record would print token and secret */
    @Override
    public String toString() {
        return "AccountSettings[" + address() + "]";
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    /**
     * Ids of the lead's custom fields; null where the account has no such field.
     *
     * @param serialId serial number, may hold several
     * @param modelId model
     * @param telegramId Telegram id of the person
     * @param configurationId configuration, text or JSON
     * @param nextMaintenanceId date of the next maintenance
     * @param innId taxpayer number (INN)
     * @param leadUuidId text field that holds our lead's uuid
     */
    public record Fields(
            @Positive(message = "AMOCRM_FIELD_SERIAL_ID must be a positive number") Long serialId,
            @Positive(message = "AMOCRM_FIELD_MODEL_ID must be a positive number") Long modelId,
            @Positive(message = "AMOCRM_FIELD_TELEGRAM_ID must be a positive number") Long telegramId,
            @Positive(message = "AMOCRM_FIELD_CONFIGURATION_ID must be a positive number") Long configurationId,
            @Positive(message = "AMOCRM_FIELD_NEXT_MAINTENANCE_ID must be a positive number") Long nextMaintenanceId,
            @Positive(message = "AMOCRM_FIELD_INN_ID must be a positive number") Long innId,
            @Positive(message = "AMOCRM_FIELD_LEAD_UUID_ID must be a positive number") Long leadUuidId) {
    }

    /**
     * The deals of service requests.
     *
     * @param pipelineId pipeline of new ones; null = that of all leads
     * @param statusTakenId stage of a request that an engineer has taken; null where there is none
     * @param statusDoneId stage of a request that is done
     */
    public record Service(
            @Positive(message = "AMOCRM_SERVICE_PIPELINE_ID must be a positive number") Long pipelineId,
            @Positive(message = "AMOCRM_SERVICE_STATUS_TAKEN_ID must be a positive number") Long statusTakenId,
            @Positive(message = "AMOCRM_SERVICE_STATUS_DONE_ID must be a positive number") Long statusDoneId) {

        /** Fills what was left empty. */
        public Service {
            statusDoneId = statusDoneId == null ? WON : statusDoneId;
        }
    }
}
