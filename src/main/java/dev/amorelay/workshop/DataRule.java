package dev.amorelay.workshop;

import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Tables and texts of the folder are whole, and each text that a flow writes is there. */
class DataRule {

    /** A text is written from a file of the folder; whatever else the component reads is out of reach. */
    static final Pattern TEXT = Pattern.compile("([a-z][a-z0-9-]*/)*[a-z][a-z0-9-]*(\\.[a-z0-9-]+)*\\.ftlh?");

    private final Surroundings surroundings;

    DataRule(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void check(Edition edition, Flows flows, Consumer<Finding> findings) {
        DataFolder folder = new DataFolder(edition.texts());
        edition.texts().keySet().forEach(name -> DataFile.named(name).ifPresent(file -> file.check(name, folder, surroundings, findings)));
        flows.addresses().stream().filter(address -> address.is("freemarker") && TEXT.matcher(address.path()).matches())
                .filter(address -> folder.text(address.path()).isEmpty())
                .forEach(address -> findings.accept(address.place().finding("no text " + address.path() + " in the folder of the flows: add the file, or correct its name")));
    }
}
