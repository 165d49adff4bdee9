package dev.amorelay.flowtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.amorelay.flowtests.Answer.Lost;
import dev.amorelay.flowtests.FlowTest.Failure;
import dev.amorelay.json.Json;
import dev.amorelay.settings.RelayZone;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Where tests are played, one after another, each on a clean slate. */
final class Stage {

    private final RelayUnderTest relay;
    private final Doorway doorway;
    private final Quiet quiet;
    private final CleanSlate slate;
    private final Clocks clocks;
    private final Tables tables;
    private final Expectations expectations;
    private final Payloads payloads;

    Stage(RelayUnderTest relay) {
        this.relay = relay;
        this.doorway = new Doorway(relay);
        this.quiet = new Quiet(relay.jdbc(), relay.camel(), relay.inOneCommit());
        this.slate = new CleanSlate(relay, quiet, doorway);
        this.clocks = new Clocks(relay.camel());
        this.tables = new Tables(relay.jdbc());
        this.payloads = new Payloads(relay.jdbc(), relay.routes());
        this.expectations = new Expectations(relay.outside(), tables, relay.jdbc());
        relay.awaitStart();
        clocks.hold();
        // what the start itself did is no test's doing
        relay.watch().passes().values().forEach(count -> count.set(0));
    }

    /**
     * Plays a test, with its times as they are now.
     *
     * @param test which
     * @return how it went; once more where it failed while a day ended, which is no fault of the flow
     */
    Result play(FlowTest test) {
        return onOneDay(() -> LocalDate.now(RelayZone.ofFlowTests()), () -> playOnce(test.anew().get()));
    }

    static Result onOneDay(Supplier<LocalDate> today, Supplier<Result> play) {
        LocalDate day = today.get();
        Result result = play.get();
        return result.passed() || today.get().equals(day) ? result : play.get();
    }

    private Result playOnce(FlowTest test) {
        long begin = System.nanoTime();
        List<Problem> problems = new ArrayList<>();
        slate.wipe();
        try {
            given(test);
            // what the given rows owe is done before anybody comes
            Patience.until(Patience.LIMIT, () -> isOver(test));
            Kept kept = new Kept();
            for (Step step : test.steps()) {
                problems.addAll(take(step, kept));
                Patience.until(Patience.LIMIT, () -> isOver(test));
            }
            problems.addAll(outcome(test));
        } catch (BadTest bad) {
            problems.add(new Problem(bad.place(), bad.getMessage().substring(bad.place().toString().length() + 2), List.of()));
        }
        return new Result(test, problems, Duration.ofNanos(System.nanoTime() - begin));
    }

    private void given(FlowTest test) {
        test.expectedRows().forEach(tables::haveColumns);
        relay.watch().fail(test.failures());
        relay.outside().script(test.answers().stream().filter(answer -> !isMail(answer)).toList());
        test.answers().stream().filter(Stage::isMail).forEach(answer -> doorway.sandbox("POST", "/sandbox/api/faults", Json.write(fault(answer))));
        test.rows().forEach(tables::insert);
    }

    private static boolean isMail(Answer answer) {
        return answer.pattern().system().equals("mail");
    }

    /** How the sandbox calls it, see docs/sandbox.md. */
    private static ObjectNode fault(Answer answer) {
        ObjectNode fault = Json.object().put("at", "smtp").put("count", answer.times());
        if (answer.status() == 550) {
            return fault.put("fault", "refuse_recipient").put("on", answer.pattern().path());
        }
        if (answer.status() == 421) {
            return fault.put("fault", "refuse_all");
        }
        if (answer.lost() != Lost.NO) {
            return fault.put("fault", answer.lost() == Lost.BEFORE ? "drop_before" : "drop_after").put("ms", 0);
        }
        return fault.put("fault", "slow").put("ms", answer.after().toMillis());
    }

    private boolean isOver(FlowTest test) {
        if (test.hurry()) {
            quiet.hurry();
        }
        return quiet.isNow();
    }

    private List<Problem> take(Step step, Kept kept) {
        if (step instanceof Step.Request request) {
            return ask(kept.fill(request), kept);
        }
        String route = ((Step.Firing) step).route();
        if (!clocks.ids().contains(route)) {
            return List.of(new Problem(step.place(), "no clock starts a route " + route, List.of("those that one starts: " + clocks.ids())));
        }
        Exception failure = clocks.fire(route);
        return failure == null ? List.of() : List.of(new Problem(step.place(), "the route " + route + " failed", List.of(failure.toString())));
    }

    private List<Problem> ask(Step.Request request, Kept kept) {
        HttpResponse<String> answer;
        try {
            answer = doorway.send(request);
        } catch (IOException | IllegalArgumentException e) {
            return List.of(new Problem(request.place(), request.method() + " " + request.path() + " was not answered", List.of(e.toString())));
        }
        List<String> details = new ArrayList<>();
        if (request.status() == 0 ? answer.statusCode() / 100 != 2 : answer.statusCode() != request.status()) {
            details.add("status: expected " + (request.status() == 0 ? "2xx" : request.status()) + ", was " + answer.statusCode());
        }
        details.addAll(Subset.differences(request.answer(), request.answer().isTextual() ? TextNode.valueOf(answer.body()) : json(answer.body())));
        details.addAll(kept.keep(request, answer.body()));
        if (details.isEmpty()) {
            return List.of();
        }
        details.add("the answer was: " + Texts.brief(TextNode.valueOf(answer.body())));
        return List.of(new Problem(request.place(), "expected answer to " + request.method() + " " + request.path(), details));
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? Json.MAPPER.missingNode() : Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    private List<Problem> outcome(FlowTest test) {
        List<Problem> problems = new ArrayList<>();
        // when nothing is left to do, waiting longer helps nobody
        Patience.until(Patience.LIMIT, () -> isOver(test) && (expectations.missing(test).isEmpty() || quiet.left(true).isEmpty() && quiet.isNow()));
        if (!quiet.isNow()) {
            problems.add(new Problem(test.place(), "the relay does not come to rest", quiet.left(false)));
        }
        problems.addAll(expectations.missing(test));
        problems.addAll(expectations.forbidden(test));
        problems.addAll(payloads.misfits(test));
        problems.addAll(idle(test));
        return problems;
    }

    /** What was prepared and never needed is most often a misspelt path or name. */
    private List<Problem> idle(FlowTest test) {
        List<Problem> problems = new ArrayList<>();
        for (Answer answer : test.answers()) {
            if (!isMail(answer) && !answer.maybe() && relay.outside().given(answer) == 0) {
                List<String> calls = new ArrayList<>(List.of("calls made:"));
                relay.outside().calls().forEach(call -> calls.add("  " + call));
                problems.add(new Problem(answer.place(), "nobody asked for this answer: " + answer.pattern(), calls));
            }
        }
        for (Failure failure : test.failures()) {
            if (relay.watch().struck(failure) == 0) {
                problems.add(new Problem(failure.place(), "no route came to the step " + failure.step() + ", so it did not fail",
                        List.of("a step is bean.method, or an address without parameters, as it stands in the route")));
            }
        }
        return problems;
    }
}
