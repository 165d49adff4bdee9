package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.ConfiguredValue.Place;
import dev.amorelay.amocrm.RefusedValues.Value;
import dev.amorelay.settings.AccountSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Compares configured ids with what the account has, before a lead finds out, and after one did. */
@Component
class SetupCheck {

    private static final Logger LOG = LoggerFactory.getLogger(SetupCheck.class);

    private final Accounts accounts;
    private final CrmCatalogue catalogue;
    private final RefusedValues refused;

    SetupCheck(Accounts accounts, CrmCatalogue catalogue, RefusedValues refused) {
        this.accounts = accounts;
        this.catalogue = catalogue;
        this.refused = refused;
    }

    /**
     * What is wrong with an id.
     *
     * @param account whose setting it is
     * @param value the id
     * @return a Russian clause; empty where the account has it and it can be used
     * @throws CrmUnavailable when the account cannot be asked
     */
    Optional<String> problem(Account account, ConfiguredValue value) {
        String name = account.name();
        return switch (value.place()) {
            case USER -> unless(named(catalogue.users(name), value.id()), "нет такого пользователя", "пользователь отключён",
                    user -> user.path("rights").path("is_active").asBoolean(true));
            case PIPELINE -> unless(named(catalogue.pipelines(name), value.id()), "нет такой воронки", "воронка в архиве",
                    pipeline -> !pipeline.path("is_archive").asBoolean(false));
            case FIELD -> field(name, value);
            case STAGE -> stage(account, value);
        };
    }

    private Optional<String> field(String account, ConfiguredValue value) {
        Optional<JsonNode> field = named(catalogue.leadFields(account), value.id());
        return unless(field, "у сделок нет такого поля",
                "поле типа " + field.map(found -> found.path("type").asText()).orElse("") + " сюда не подходит", value::fits);
    }

    private Optional<String> stage(Account account, ConfiguredValue value) {
        AccountSettings settings = account.settings();
        boolean service = value.setting().startsWith("service.");
        Long pipeline = service && settings.service().pipelineId() != null ? settings.service().pipelineId() : settings.pipelineId();
        // the won stage is in every pipeline; what pipeline a deal gets that names none, amoCRM decides
        if (pipeline == null || service && value.id() == AccountSettings.WON) {
            return Optional.empty();
        }
        return named(catalogue.pipelines(account.name()), pipeline)
                .filter(found -> named(found.path("_embedded").path("statuses"), value.id()).isEmpty())
                .map(found -> service ? "в воронке сервисных заявок нет такого этапа" : "в воронке нет такого этапа");
    }

    /**
     * Looks at an account anew: what was refused and is right again, or is not configured any more, is forgotten.
     *
     * @param account the account
     * @throws CrmUnavailable when the account cannot be asked
     */
    void look(Account account) {
        catalogue.forget(account.name());
        List<ConfiguredValue> configured = ConfiguredValue.of(account.settings());
        for (Value value : refused.all(account.name())) {
            List<ConfiguredValue> settings = configured.stream().filter(one -> one.place() == value.place() && one.id() == value.id()).toList();
            if (settings.isEmpty()) {
                refused.right(account.name(), List.of(value));
            } else if (settings.stream().anyMatch(one -> problem(account, one).isPresent())) {
                refused.seenWrong(account.name(), value);
            } else {
                refused.seenRight(account.name(), value);
            }
        }
    }

    /** Notes whether the account shows what is wrong with a value that it has just begun to refuse. */
    void lookAt(String name) {
        try {
            look(accounts.named(name));
        } catch (CrmUnavailable | CrmRejected notTold) {
            LOG.debug("the set-up of {} cannot be looked at now", name, notTold);
        }
    }

    /** Sees when a setting is right again without a lead to find out. */
    @Scheduled(initialDelay = 60_000, fixedDelay = 600_000)
    void probe() {
        accounts.names().stream().filter(name -> !refused.all(name).isEmpty()).forEach(this::lookAt);
    }

    /**
     * Whether the account has a field that can hold what its settings put there. Where it cannot be asked now, it is taken to.
     *
     * @param name the configured name of the account
     * @param id of the field
     * @return false for a field that is gone, or of another type
     */
    boolean hasField(String name, long id) {
        Account account = accounts.named(name);
        try {
            if (!hasField(account, id)) {
                // an old copy blames nobody
                catalogue.forget(name);
            }
            return hasField(account, id);
        } catch (CrmUnavailable | CrmRejected notTold) {
            return true;
        }
    }

    private boolean hasField(Account account, long id) {
        return isFound(catalogue.leadFields(account.name()), id) && ConfiguredValue.of(account.settings()).stream()
                .filter(value -> value.place() == Place.FIELD && value.id() == id).allMatch(value -> field(account.name(), value).isEmpty());
    }

    private static Optional<String> unless(Optional<JsonNode> found, String missing, String unfit, Predicate<JsonNode> isFit) {
        return found.isEmpty() ? Optional.of(missing) : isFit.test(found.get()) ? Optional.empty() : Optional.of(unfit);
    }

    private static boolean isFound(Iterable<JsonNode> items, long id) {
        return named(items, id).isPresent();
    }

    private static Optional<JsonNode> named(Iterable<JsonNode> items, long id) {
        return StreamSupport.stream(items.spliterator(), false).filter(item -> item.path("id").asLong() == id).findFirst();
    }
}
