package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.settings.AccountSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An id of the account's that somebody configured, and the setting that names it.
 *
 * @param place where it is written
 * @param id amoCRM's id
 * @param setting the setting's property, for example {@code field.serial-id}
 */
public record ConfiguredValue(Place place, long id, String setting) {

    /** Types of fields that hold a text of ours, or one of which amoCRM makes the option that it names. */
    private static final Set<String> FOR_TEXTS =
            Set.of("text", "textarea", "url", "numeric", "select", "multiselect", "radiobutton", "streetaddress", "monetary");
    private static final Set<String> FOR_DATES = Set.of("date", "date_time", "birthday");
    private static final Set<String> FOR_OUR_ID = Set.of("text", "textarea");

    /** Where an id is written. */
    public enum Place {
        /** The manager. */
        USER("responsible_user_id", "ответственного", "пользователь удалён или отключён"),
        /** The pipeline. */
        PIPELINE("pipeline_id", "воронку", "такой воронки нет, или она в архиве"),
        /** The stage. */
        STAGE("status_id", "этап", "в воронке нет такого этапа"),
        /** A custom field. */
        FIELD("field", "поле", "поле удалено, или его тип не подходит");

        private final String word;
        private final String object;
        private final String usualReason;

        Place(String word, String object, String usualReason) {
            this.word = word;
            this.object = object;
            this.usualReason = usualReason;
        }

        /** @return the key in the body of a write; {@code field} for any custom field */
        public String word() {
            return word;
        }

        /** @return what it is, as the object of a Russian sentence */
        public String object() {
            return object;
        }

        /** @return why amoCRM mostly refuses it, a Russian clause */
        public String usualReason() {
            return usualReason;
        }

        static Place of(String word) {
            return List.of(values()).stream().filter(place -> place.word.equals(word)).findFirst().orElseThrow();
        }
    }

    /**
     * All that an account's settings name.
     *
     * @param settings of the account
     * @return those that are set; one id may stand under several settings
     */
    static List<ConfiguredValue> of(AccountSettings settings) {
        List<ConfiguredValue> all = new ArrayList<>();
        add(all, Place.FIELD, settings.field().serialId(), "field.serial-id");
        add(all, Place.FIELD, settings.field().modelId(), "field.model-id");
        add(all, Place.FIELD, settings.field().telegramId(), "field.telegram-id");
        add(all, Place.FIELD, settings.field().configurationId(), "field.configuration-id");
        add(all, Place.FIELD, settings.field().nextMaintenanceId(), "field.next-maintenance-id");
        add(all, Place.FIELD, settings.field().innId(), "field.inn-id");
        add(all, Place.FIELD, settings.field().leadUuidId(), "field.lead-uuid-id");
        add(all, Place.USER, settings.responsibleUserId(), "responsible-user-id");
        add(all, Place.PIPELINE, settings.pipelineId(), "pipeline-id");
        add(all, Place.STAGE, settings.statusId(), "status-id");
        add(all, Place.PIPELINE, settings.pipelinePartsId(), "pipeline-parts-id");
        add(all, Place.PIPELINE, settings.service().pipelineId(), "service.pipeline-id");
        add(all, Place.STAGE, settings.service().statusTakenId(), "service.status-taken-id");
        add(all, Place.STAGE, settings.service().statusDoneId(), "service.status-done-id");
        return all;
    }

    /**
     * Whether a custom field of a lead can hold what this setting puts there.
     *
     * @param field as API v4 tells it
     * @return false for a field of a type that takes no such values
     */
    boolean fits(JsonNode field) {
        String type = field.path("type").asText();
        Set<String> usable = Objects.equals(setting, "field.next-maintenance-id") ? FOR_DATES
                : Objects.equals(setting, "field.lead-uuid-id") ? FOR_OUR_ID : FOR_TEXTS;
        return usable.contains(type);
    }

    private static void add(List<ConfiguredValue> all, Place place, Long id, String setting) {
        if (id != null) {
            all.add(new ConfiguredValue(place, id, setting));
        }
    }
}
