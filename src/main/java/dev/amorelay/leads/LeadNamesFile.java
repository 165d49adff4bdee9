package dev.amorelay.leads;

import dev.amorelay.workshop.DataFile;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.Finding;
import dev.amorelay.workshop.Surroundings;
import java.util.function.Consumer;

/** {@code lead/names.yaml} in the folder of the routes: what forms call a lead's fields. */
public class LeadNamesFile implements DataFile {

    static final String NAME = "lead/names.yaml";

    @Override
    public boolean isOf(String name) {
        return NAME.equals(name);
    }

    @Override
    public void check(String name, DataFolder folder, Surroundings surroundings, Consumer<Finding> findings) {
        LeadNamesReader.read(NAME, folder.text(NAME).orElseThrow(), findings);
    }
}
