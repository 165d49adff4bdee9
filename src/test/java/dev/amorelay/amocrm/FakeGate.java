package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.ConfiguredValue.Place;
import dev.amorelay.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A gate with a script in the place of amoCRM. It remembers what was asked. */
public final class FakeGate extends Gate {

    private final List<CrmCall> calls = new CopyOnWriteArrayList<>();
    private volatile Function<CrmCall, CrmAnswer> script = call -> found(204, null);

    /** Nothing is found until {@link #answers} says otherwise. */
    public FakeGate() {
        super(null, null, null, null, null);
    }

    /** Sets the script; what it throws, the gate throws. */
    public FakeGate answers(Function<CrmCall, CrmAnswer> answers) {
        script = answers;
        return this;
    }

    /** Each call gets this JSON with status 200. */
    public FakeGate answers(String json) {
        return answers(call -> found(200, json));
    }

    /** An answer of the CRM. */
    public static CrmAnswer found(int status, String json) {
        return new CrmAnswer(status, Json.read(json));
    }

    /** What was asked so far. */
    public List<CrmCall> calls() {
        return List.copyOf(calls);
    }

    /** The one call that was made. */
    public CrmCall onlyCall() {
        if (calls.size() != 1) {
            throw new AssertionError("one call expected, but there were: " + calls);
        }
        return calls.get(0);
    }

    /** Leads through this gate. */
    public CrmLeads leads() {
        return new CrmLeads(this, new EntityReader(this, 200), careless());
    }

    /** Contacts through this gate. */
    public CrmContacts contacts() {
        return new CrmContacts(this, new EntityReader(this, 200), null);
    }

    /** Notes through this gate. */
    public CrmNotes notes() {
        return new CrmNotes(this);
    }

    /** Tasks through this gate. */
    public CrmTasks tasks() {
        return new CrmTasks(this);
    }

    /** The event log through this gate. */
    public CrmEvents events() {
        return new CrmEvents(this);
    }

    /** Who wrote the fields of leads, through this gate, for accounts with these settings. */
    public CrmFieldChanges fieldChanges(Accounts accounts) {
        return new CrmFieldChanges(this, accounts);
    }

    /** Pipelines through this gate. */
    public CrmCatalogue catalogue() {
        return new CrmCatalogue(this);
    }

    /** Searches through this gate. */
    public CrmSearch search() {
        return new CrmSearch(this);
    }

    /** Entities of any kind through this gate, for accounts with these settings. */
    public CrmEntities entities(Accounts accounts) {
        Twins twins = new Twins(leads(), search(), accounts, nothingRefused());
        return new CrmEntities(this, new EntityReader(this, 200), twins, careless(), null, null);
    }

    /** Sends what it gets: no account is known to refuse anything. */
    private static CarefulWrites careless() {
        return new CarefulWrites(null, null, null, null, null) {
            @Override
            Optional<CrmAnswer> change(String account, List<ObjectNode> changes, Function<List<ObjectNode>, CrmAnswer> send) {
                return Optional.of(send.apply(changes));
            }

            @Override
            Map<String, Long> create(String kind, String account, List<ObjectNode> entities,
                                     Function<List<ObjectNode>, Map<String, Long>> send) {
                return send.apply(entities);
            }
        };
    }

    /** Nothing is known to be refused, and nothing is remembered. */
    static RefusedValues nothingRefused() {
        return new RefusedValues(null, null) {
            @Override
            public Set<Value> leftOut(String account) {
                return Set.of();
            }

            @Override
            public Set<Value> all(String account) {
                return Set.of();
            }

            @Override
            public boolean isRefused(String account, Place place, long id) {
                return false;
            }

            @Override
            boolean refused(String account, Value value) {
                return false;
            }
        };
    }

    @Override
    public CrmAnswer call(CrmCall call) {
        calls.add(call);
        return script.apply(call);
    }
}
