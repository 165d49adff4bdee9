package dev.amorelay.amocrm;

import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.MetadataMappings;
import dev.amorelay.settings.RouteSettings;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.EditedData;
import dev.amorelay.workshop.Finding;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Which field of a form, of ours and of the CRM is which, as it stands in the folder of the routes now. */
@Component
@Order(0)
public class FieldBook implements EditedData {

    private final UnaryOperator<String> relay;
    private final Function<String, SortedMap<String, Long>> configured;
    private volatile FieldTable table;

    /**
     * Reads the folder's fields; those that come with the relay where it has none.
     *
     * @param settings tells the folder
     * @param environment tells settings that the table names
     * @param mappings the metadata that settings name
     * @throws IllegalStateException when they cannot be read, with all that is wrong
     */
    @Autowired
    public FieldBook(RouteSettings settings, Environment environment, MetadataMappings mappings) {
        this(DataFolder.of(settings), environment::getProperty, mappings::of);
    }

    /**
     * @param folder where the table stands
     * @param relay tells a setting of the relay
     * @param configured the metadata that settings name, by account
     */
    public FieldBook(DataFolder folder, UnaryOperator<String> relay, Function<String, SortedMap<String, Long>> configured) {
        this.relay = relay;
        this.configured = configured;
        take(folder);
    }

    @Override
    public boolean isOf(String name) {
        return FieldTable.NAME.equals(name);
    }

    @Override
    public final void take(DataFolder folder) {
        table = Finding.none(findings -> FieldTable.read(folder, findings));
    }

    /** @return what changes with each edit, and with nothing else */
    Object edition() {
        return table;
    }

    /**
     * The fields of an account's deals that a lead fills.
     *
     * @param account whose
     * @return those that the account has, in the order of the table
     */
    public Collection<CrmField> deal(Account account) {
        return table.deal(account, relay).values().stream().filter(CrmField::isThere).toList();
    }

    /**
     * The fields of an account's contacts that a lead fills, beside phone and e-mail.
     *
     * @param account whose
     * @return those that the account has, in the order of the table
     */
    public Collection<CrmField> contact(Account account) {
        return table.contact(account, relay).values().stream().filter(CrmField::isThere).toList();
    }

    /**
     * Which fields of a deal stand in its metadata.
     *
     * @param account the account
     * @return id of the field by the name that it gets, in order of the names
     */
    public SortedMap<String, Long> metadata(Account account) {
        SortedMap<String, Long> metadata = new TreeMap<>(configured.apply(account.name()));
        Map<String, CrmField> fields = table.deal(account, relay);
        table.metadata(account).forEach((key, field) -> {
            if (fields.containsKey(field) && fields.get(field).id() != null) {
                metadata.put(key, fields.get(field).id());
            }
        });
        return metadata;
    }

    /**
     * The fields that the relay itself reads, as the table names them.
     *
     * @param account with the ids that settings name
     * @return the ids that count
     */
    AccountSettings.Fields ours(Account account) {
        Map<String, CrmField> fields = table.deal(account, relay);
        Map<String, String> machine = table.machine(account);
        return new AccountSettings.Fields(id(fields, machine.getOrDefault("serial", "serial")), id(fields, machine.getOrDefault("model", "model")),
                id(fields, "telegram"), id(fields, machine.getOrDefault("configuration", "configuration")),
                id(fields, machine.getOrDefault("next_maintenance", "next_maintenance")), id(fields, "inn"), id(fields, "uuid"));
    }

    private static Long id(Map<String, CrmField> fields, String name) {
        return fields.containsKey(name) ? fields.get(name).id() : null;
    }
}
