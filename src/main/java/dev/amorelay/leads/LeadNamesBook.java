package dev.amorelay.leads;

import dev.amorelay.settings.RouteSettings;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.EditedData;
import dev.amorelay.workshop.Finding;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The names that forms give to a lead's fields, as they stand in the folder of the routes now. */
@Component
public class LeadNamesBook implements EditedData {

    private volatile LeadNames names;

    /** The names that come with the relay. */
    LeadNamesBook() {
        take(DataFolder.SHIPPED);
    }

    /**
     * Reads the folder's names; those that come with the relay where it has none.
     *
     * @param settings tells the folder
     * @throws IllegalStateException when they cannot be read, with all that is wrong
     */
    @Autowired
    public LeadNamesBook(RouteSettings settings) {
        take(DataFolder.of(settings));
    }

    /** @return the names of this moment */
    LeadNames now() {
        return names;
    }

    @Override
    public boolean isOf(String name) {
        return LeadNamesFile.NAME.equals(name);
    }

    @Override
    public final void take(DataFolder folder) {
        names = Finding.none(findings -> LeadNamesReader.read(LeadNamesFile.NAME, folder.text(LeadNamesFile.NAME).orElseThrow(), findings));
    }
}
