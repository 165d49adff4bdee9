package dev.amorelay.leads;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.settings.RouteSettings;
import dev.amorelay.texts.TextTemplates;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.EditedData;
import dev.amorelay.workshop.Finding;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What becomes of the leads of each source, as it stands in the folder of the routes now. */
@Component
@Order(10)
public class LeadSourcesBook implements EditedData {

    private final TextTemplates templates;
    private final UnaryOperator<String> relay;
    private volatile LeadSources sources;

    /**
     * Reads the folder's sources; those that come with the relay where it has none.
     *
     * @param settings tells the folder
     * @param templates writes labels and titles
     * @param environment tells settings that the table names
     * @throws IllegalStateException when they cannot be read, with all that is wrong
     */
    @Autowired
    public LeadSourcesBook(RouteSettings settings, TextTemplates templates, Environment environment) {
        this(DataFolder.of(settings), templates, environment::getProperty);
    }

    LeadSourcesBook(DataFolder folder, TextTemplates templates, UnaryOperator<String> relay) {
        this.templates = templates;
        this.relay = relay;
        take(folder);
    }

    /**
     * A source.
     *
     * @param account where its leads go
     * @param source its name
     * @return what becomes of them
     */
    LeadSource of(Account account, String source) {
        return sources.of(account, source, relay);
    }

    /**
     * What the leads of a source owe.
     *
     * @param account where they go
     * @param source its name
     * @return {@code {kind, payload}}, each kind once; the caller's own copy
     */
    public ArrayNode owes(Account account, String source) {
        return sources.owes(account, source).deepCopy();
    }

    @Override
    public boolean isOf(String name) {
        return LeadSourcesReader.NAME.equals(name);
    }

    @Override
    public final void take(DataFolder folder) {
        sources = Finding.none(findings -> LeadSourcesReader.read(folder, templates, false, findings));
    }
}
