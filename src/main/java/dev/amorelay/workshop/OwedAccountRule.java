package dev.amorelay.workshop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who owes an effect tells its account exactly where the route that performs it has a worker for each: any other row is taken by nobody, and
 * would wait for ever.
 */
class OwedAccountRule implements Rule {

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        Map<String, Boolean> performers = new LinkedHashMap<>();
        flows.addresses().stream().filter(address -> address.isEntry() && !address.item().is(FlowItem.KAMELET)).forEach(address -> {
            String kind = address.is("outbox") ? address.path() : address.is("kamelet") && address.path().equals("outbox-take") ? address.option("kind") : "";
            String perAccount = address.option("perAccount");
            if (!kind.isEmpty() && !(kind + perAccount).contains("{{")) {
                performers.put(kind, perAccount.equals("true"));
            }
        });
        flows.addresses().stream().filter(address -> address.is("kamelet") && address.path().equals("outbox-owe")).forEach(address -> {
            Boolean perAccount = performers.get(address.option("kind"));
            boolean isTold = !address.option("account").isBlank();
            if (perAccount != null && perAccount != isTold) {
                findings.accept(address.options().get("kind").finding(isTold
                        ? "whoever performs " + address.option("kind") + " has no perAccount and would never see it: leave account out here"
                                + " (it may go along in what the effect knows), or set perAccount there"
                        : "whoever performs " + address.option("kind") + " has perAccount and would never see it: say below parameters whose account it is"));
            }
        });
    }
}
