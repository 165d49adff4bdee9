package dev.amorelay.leads;

import dev.amorelay.workshop.DataFile;
import dev.amorelay.workshop.Finding;
import java.util.function.Consumer;

/** {@code lead/names.yaml} in the folder of the routes: what forms call a lead's fields. */
public class LeadNamesFile implements DataFile {

    static final String NAME = "lead/names.yaml";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void check(String text, Consumer<Finding> findings) {
        LeadNamesReader.read(NAME, text, findings);
    }
}
