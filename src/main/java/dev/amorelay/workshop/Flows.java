package dev.amorelay.workshop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An edition, taken apart.
 *
 * @param files its files that are YAML
 */
record Flows(List<FlowFile> files) {

    /**
     * Takes an edition apart.
     *
     * @param edition what stands in the folder
     * @param findings takes what cannot be read, and files that nobody would load
     * @return what can be read
     */
    static Flows read(Edition edition, Consumer<Finding> findings) {
        List<FlowFile> files = new ArrayList<>();
        edition.texts().forEach((name, text) -> {
            if (name.endsWith(".camel.yaml") || FlowFile.isKamelet(name)) {
                FlowFile.read(name, text, findings).ifPresent(files::add);
            } else if (DataFile.named(name).isEmpty()) {
                findings.accept(new Finding(name, 1, 1,
                        "not loaded under this name: name a flow *.camel.yaml, a connector *.kamelet.yaml, a test *.test.yaml, a text *.ftl"));
            }
        });
        return new Flows(files);
    }

    /** @return all routes, error policies and kamelets, and whatever else stands at the top of a file */
    List<FlowItem> items() {
        return files.stream().map(FlowFile::items).flatMap(Collection::stream).toList();
    }

    Stream<FlowItem> all(String kind) {
        return items().stream().filter(item -> item.is(kind));
    }

    Optional<FlowItem> kamelet(String name) {
        return all(FlowItem.KAMELET).filter(kamelet -> kamelet.id().equals(name)).findFirst();
    }

    /** @return every address that something comes from or goes to */
    List<Address> addresses() {
        return items().stream().flatMap(item -> Address.in(item).stream()).toList();
    }
}
