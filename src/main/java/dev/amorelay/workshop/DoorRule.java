package dev.amorelay.workshop;

import dev.amorelay.doors.DoorAccess;
import dev.amorelay.doors.DoorAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A door says who may come: by its address, where that is settled for all doors below it, else by its option {@code access}. */
class DoorRule implements Rule {

    private static final Set<DoorAddress> NOT_FOR_FLOWS = Set.of(DoorAddress.SANDBOX, DoorAddress.ERROR);

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        flows.addresses().stream().filter(address -> address.is("platform-http") && address.isEntry()).forEach(door -> check(door, findings));
    }

    private static void check(Address door, Consumer<Finding> findings) {
        Map<String, String> options = new HashMap<>();
        door.options().keySet().stream().filter(DoorAccess.OPTIONS::contains).forEach(option -> options.put(option, door.option(option)));
        if (options.values().stream().anyMatch(value -> value.contains("{{"))) {
            findings.accept(door.place().finding("who may come to a door is written out: no {{…}} in " + names(options.keySet())));
            return;
        }
        DoorAccess.wrong(options).ifPresent(wrong -> findings.accept(place(door, options).finding(wrong)));
        String path = door.path().replaceFirst("^/*", "/");
        Optional<DoorAddress> settled = DoorAddress.of(path);
        if (settled.filter(NOT_FOR_FLOWS::contains).isPresent()) {
            findings.accept(door.place().finding(path + " is not for flows: take another address"));
        } else if (settled.isPresent() && settled.get() != DoorAddress.LEADS && options.containsKey(DoorAccess.ACCESS)) {
            findings.accept(place(door, options).finding("who may come to " + path + " is settled for all addresses there: take access out,"
                    + " or take an address of your own"));
        } else if (settled.isEmpty() && path.matches("/(?:\\{.*)?")) {
            findings.accept(door.place().finding("this door would stand in the place of all others: begin its address with a word of its own,"
                    + " like /partner/orders"));
        } else if (settled.isEmpty() && !options.containsKey(DoorAccess.ACCESS)) {
            findings.accept(door.place().finding("nothing says who may come to " + path + ", so that it would answer 404 to everybody: add 'access:'"
                    + " under 'parameters:' with one of " + String.join(", ", DoorAccess.Who.words()) + ", or take an address below /ingest/,"
                    + " which is open"));
        }
    }

    private static YamlNode place(Address door, Map<String, String> options) {
        return options.keySet().stream().sorted().map(door.options()::get).findFirst().orElse(door.place());
    }

    private static String names(Set<String> options) {
        return options.stream().sorted().collect(Collectors.joining(", "));
    }
}
