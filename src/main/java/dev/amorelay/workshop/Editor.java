package dev.amorelay.workshop;

import dev.amorelay.doors.DoorHold;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.springboot.CamelRequestHandlerMapping;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Takes an edition of the flows: checks it as a whole, and puts what is new in the place of what runs; or changes nothing. */
@Component
public class Editor {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final EditTests.Verdict NONE = new EditTests.Verdict(List.of(), "");

    private final Surroundings surroundings;
    private final EditBoard board;
    private final Quiet quiet;
    private final Swap swap;
    private final Handover handover;
    private final List<EditedData> data;
    private final EditFaults faults;
    private final EditTests tests;
    private final EditHistory history = new EditHistory();
    private CamelContext camel;
    /** Loads the schema: made when the first edit comes. */
    private RoutesCheck check;
    private Flows running;
    private Edition inEffect;
    private boolean waiting;
    /** What has passed its tests: an edit that waits does not play them again. */
    private EditTests.Verdict verdict = NONE;
    private Edition passed;

    @Autowired
    Editor(ConfigurableListableBeanFactory beans, Environment environment, CamelContext camel, @Lazy CamelRequestHandlerMapping addresses,
           DoorHold hold, EditBoard board, List<EditedData> data, EditTests tests) {
        this(new ContextBeans(beans, environment), board, new Quiet(camel, hold, PATIENCE), new Swap(camel, addresses, new Stage(camel)),
                new Handover(camel, new Stage(camel)), data, new EditFaults(Clock.systemUTC()), tests);
        this.camel = camel;
    }

    Editor(Surroundings surroundings, EditBoard board, Quiet quiet, Swap swap, Handover handover, List<EditedData> data, EditFaults faults,
           EditTests tests) {
        this.tests = tests;
        this.faults = faults;
        this.data = List.copyOf(data);
        this.handover = handover;
        this.surroundings = surroundings;
        this.board = board;
        this.quiet = quiet;
        this.swap = swap;
    }

    /**
     * Begins with what runs; it is checked, so that the first edit does not wait for classes and schema.
     *
     * @param edition what runs
     * @return what is wrong with it all the same: the next edit has to mend it
     */
    List<Finding> begin(Edition edition) {
        running = Flows.read(edition, finding -> { });
        inEffect = edition;
        check = new RoutesCheck(surroundings);
        if (camel != null) {
            // only while somebody edits: it looks at every failure
            camel.getManagementStrategy().addEventNotifier(faults);
        }
        return check.check(edition);
    }

    /** @return whether an edit is good and waits until what is under way has ended */
    boolean isWaiting() {
        return waiting;
    }

    /**
     * Takes an edition.
     *
     * @param edition what stands in the folder
     */
    void take(Edition edition) {
        waiting = false;
        List<Finding> findings = findings(edition);
        if (!findings.isEmpty()) {
            board.refused(EditState.refused(findings));
            return;
        }
        boolean testsAlone = edition.texts().equals(inEffect.texts());
        if (testsAlone && board.state().kind() == EditState.Kind.RUNNING) {
            // they are played with the next edit
            inEffect = edition;
            return;
        }
        if (!testsAlone && !edition.equals(passed)) {
            verdict = tests.play(inEffect, edition, board);
            if (tests.isEnded()) {
                return;
            }
            if (!verdict.failed().isEmpty()) {
                board.refused(EditState.failing(verdict.failed()));
                return;
            }
            passed = edition;
        }
        takeChecked(edition, true);
    }

    /** @param lookedAfter whether it is taken back where a flow fails since */
    private void takeChecked(Edition edition, boolean lookedAfter) {
        Flows wanted = Flows.read(edition, finding -> { });
        Plan plan = Plan.of(running, wanted);
        if (plan.isEmpty()) {
            running = wanted;
            List<String> edited = takeData(edition);
            board.taken(edited.isEmpty() ? "what stands in the folder is what runs"
                    : "the edit is in effect: " + String.join(", ", edited) + tested(lookedAfter));
            return;
        }
        try {
            if (!handover.settle()) {
                waiting = true;
                board.waiting("the edit waits until what was under way at the edit before has ended in " + String.join(", ", handover.pending()));
            } else if (quiet.during(plan, busy -> carryOut(plan, busy))) {
                running = wanted;
                Edition before = inEffect;
                List<String> edited = takeData(edition);
                if (lookedAfter) {
                    Set<String> routes = plan.ids(plan.fresh(), FlowItem.ROUTE);
                    // without what tells a worker from the old one beside it
                    Set<String> ids = routes.stream().map(id -> id.replace(Handover.BESIDE, "")).collect(Collectors.toSet());
                    history.took(before, edition, ids);
                    faults.edited(ids);
                }
                board.taken("the edit is in effect: " + told(plan) + (edited.isEmpty() ? "" : "; " + String.join(", ", edited)) + tested(lookedAfter) + asked(edition));
            } else {
                waiting = true;
                board.waiting("the edit waits until what is under way has ended in " + String.join(", ", plan.goneRoutes()));
            }
        } catch (SwapFailed e) {
            board.failed(e.getMessage(), e.getCause() instanceof Swap.NotStarted told ? List.of(told.finding()) : List.of(), e);
        }
    }

    /**
     * Puts an edition in the place of what runs, without a check or tests: in a relay that only plays tests.
     *
     * @param before what runs there
     * @param edition what is to run, checked
     * @return what is in the way; empty when it runs
     */
    public Optional<String> put(Edition before, Edition edition) {
        if (running == null) {
            running = Flows.read(before, finding -> { });
            inEffect = before;
        }
        waiting = false;
        takeChecked(edition, false);
        if (waiting || board.state().isBad()) {
            return Optional.of(board.state().message());
        }
        board.off("live editing is off: this relay plays tests");
        return Optional.empty();
    }

    /** @return the files of data that were edited */
    private List<String> takeData(Edition edition) {
        List<String> edited = new ArrayList<>();
        Set<String> names = new TreeSet<>(edition.texts().keySet());
        names.addAll(inEffect.texts().keySet());
        names.removeIf(name -> Objects.equals(edition.texts().get(name), inEffect.texts().get(name)));
        for (EditedData one : data) {
            List<String> its = names.stream().filter(one::isOf).filter(name -> !edited.contains(name)).toList();
            if (names.stream().anyMatch(one::isOf)) {
                one.take(new DataFolder(edition.texts()));
                edited.addAll(its);
            }
        }
        inEffect = edition;
        return edited;
    }

    private String tested(boolean asEdit) {
        return !asEdit || verdict.told().isEmpty() ? "" : "; " + verdict.told();
    }

    private static String asked(Edition edition) {
        List<Finding> wishes = RoutesCheck.wishes(edition);
        return wishes.isEmpty() ? "" : "; validate asks for better ids of " + (wishes.size() == 1 ? "a step" : wishes.size() + " steps") + ": " + wishes.get(0);
    }

    private void carryOut(Plan plan, Set<String> busy) {
        swap.carryOut(plan.beside(busy));
        handover.began(busy, plan);
    }

    /** Takes old workers down that have finished meanwhile, and an edit back since which a flow fails. */
    void settle() {
        handover.settle();
        tests.settle();
        if (!waiting) {
            faults.found().ifPresent(this::takeBack);
        }
    }

    /** The folder stays as it is: whoever made the edit mends it there, and that is the next edit. */
    private void takeBack(EditFaults.Fault fault) {
        Optional<Edition> good = history.without(inEffect, fault.route()).filter(edition -> check.check(edition).isEmpty())
                .or(() -> history.before(fault.route()));
        Optional<FlowItem> failing = running.all(FlowItem.ROUTE).filter(route -> route.id().equals(fault.route())).findFirst();
        good.ifPresent(edition -> {
            takeChecked(edition, false);
            if (waiting) {
                // the folder holds the edit that is to go: it must not be what is tried again
                waiting = false;
                faults.again(fault);
            } else if (inEffect.equals(edition)) {
                List<Finding> findings = failing.map(route -> route.body().get("id").orElse(route.body()).finding(fault.route() + " failed since the edit ("
                        + fault.cause() + ") and did not before: mend the edit and save it again; the log tells each failure")).stream().toList();
                board.takenBack("the edit is taken back, the routes from before run: " + fault.route() + " failed since then", findings);
            }
        });
    }

    private List<Finding> findings(Edition edition) {
        if (edition.texts().isEmpty()) {
            return List.of(new Finding(".", 1, 1, "there is no flow in the folder any more: put the files back, or mount it again"));
        }
        return check.check(edition);
    }

    private String told(Plan plan) {
        Set<String> gone = plan.goneRoutes();
        Set<String> fresh = plan.ids(plan.fresh(), FlowItem.ROUTE);
        List<String> parts = new ArrayList<>();
        told(parts, "new", minus(fresh, gone));
        told(parts, "deleted", minus(gone, fresh));
        told(parts, "exchanged", minus(gone, minus(gone, fresh)));
        if (!handover.pending().isEmpty()) {
            Set<String> old = new TreeSet<>(handover.pending());
            parts.add("the old " + String.join(", ", old) + (old.size() == 1 ? " finishes what is under way in it" : " finish what is under way in them"));
        }
        return parts.isEmpty() ? "no route is made with it" : String.join("; ", parts);
    }

    private static void told(List<String> parts, String what, Set<String> ids) {
        if (!ids.isEmpty()) {
            parts.add(what + " " + String.join(", ", ids));
        }
    }

    private static Set<String> minus(Set<String> all, Set<String> others) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(others);
        return rest;
    }
}
