package dev.amorelay.work;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Stands before every step of every flow and ends a run that would never end by itself: a loop without an end, flows that call each
 * other in a circle, a text that doubles with each turn. Whatever the flow works on then fails as by any fault of a flow, and the work
 * beside it goes on. What one step may take is bounded where it is checked and where texts are written.
 */
@Component
class RunBound implements InterceptStrategy {

    /** Turns of one loop. */
    private static final int MOST_TURNS = 10_000;
    /** Steps of one run, with all flows that it calls and all parts of a split. */
    private static final int MOST_STEPS = 1_000_000;
    /** Flows that wait for each other, one called by the other. */
    private static final int DEEPEST = 60;
    /** Characters or bytes of a body or variable. */
    private static final int LARGEST = 16 << 20;
    /** What an error policy may still do about a run that was ended. */
    private static final int STEPS_AFTER = 1_000;
    private static final String RUN = "relay.run";

    private final int mostTurns;
    private final int mostSteps;

    @Autowired
    RunBound() {
        this(MOST_TURNS, MOST_STEPS);
    }

    RunBound(int mostTurns, int mostSteps) {
        this.mostTurns = mostTurns;
        this.mostSteps = mostSteps;
    }

    /** What a run has done so far; parts of a split and copies share it. */
    private static final class Run {

        private final AtomicInteger steps = new AtomicInteger();
        private final AtomicInteger after = new AtomicInteger();
        private volatile String ended;
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode definition, Processor target, Processor next) {
        String step = definition.getId();
        String variable = definition instanceof SetVariableDefinition set ? set.getName() : null;
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                String reason = reason(exchange);
                if (reason != null) {
                    exchange.setException(new RunTooLong("the flow was ended at its step " + step + ": " + reason));
                    callback.done(true);
                    return true;
                }
                if (variable == null) {
                    return super.process(exchange, callback);
                }
                return super.process(exchange, done -> {
                    if (isLarge(exchange.getVariable(variable))) {
                        exchange.setException(new RunTooLong("the flow was ended at its step " + step + ": " + tooLarge("variable " + variable)));
                    }
                    callback.done(done);
                });
            }
        };
    }

    /** @return why this step is not to be taken any more; null for nothing is wrong */
    private String reason(Exchange exchange) {
        Run run = (Run) exchange.getProperty(RUN);
        if (run == null) {
            run = new Run();
            exchange.setProperty(RUN, run);
        }
        if (run.ended != null) {
            boolean handled = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT) != null;
            return handled && run.after.incrementAndGet() <= STEPS_AFTER ? null : run.ended;
        }
        int steps = run.steps.incrementAndGet();
        Integer turn = exchange.getProperty(ExchangePropertyKey.LOOP_INDEX, Integer.class);
        if (turn != null && turn >= mostTurns) {
            run.ended = "a loop has had " + mostTurns + " turns";
        } else if (steps > mostSteps) {
            run.ended = "it has taken " + mostSteps + " steps";
        } else if (exchange.getUnitOfWork() != null && exchange.getUnitOfWork().routeStackLevel() > DEEPEST) {
            run.ended = "more than " + DEEPEST + " flows call each other, perhaps in a circle";
        } else if (isLarge(exchange.getMessage().getBody())) {
            run.ended = tooLarge("the body");
        }
        return run.ended;
    }

    private static boolean isLarge(Object value) {
        return value instanceof CharSequence text && text.length() > LARGEST || value instanceof byte[] bytes && bytes.length > LARGEST;
    }

    private static String tooLarge(String what) {
        return what + " is larger than " + (LARGEST >> 20) + " MB";
    }
}
