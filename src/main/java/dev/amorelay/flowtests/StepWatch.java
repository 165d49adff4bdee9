package dev.amorelay.flowtests;

import dev.amorelay.flowtests.FlowTest.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Stands before every step of every route: counts who passes, also who passes by where a step may be passed by, and lets those fail
 * that the test wants to fail.
 */
final class StepWatch implements InterceptStrategy {

    private final Map<NodeSeen, AtomicLong> passes = new ConcurrentHashMap<>();
    private final Map<Failure, AtomicInteger> struck = new ConcurrentHashMap<>();
    private volatile List<Failure> failures = List.of();

    /** From now on these steps fail. */
    void fail(List<Failure> next) {
        struck.clear();
        failures = List.copyOf(next);
    }

    /** How often a failure happened. */
    int struck(Failure failure) {
        return struck.getOrDefault(failure, new AtomicInteger()).get();
    }

    /** How often each step of the routes was passed so far. */
    Map<NodeSeen, AtomicLong> passes() {
        return passes;
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode definition, Processor target, Processor next) {
        NodeSeen node = NodeSeen.of(definition);
        AtomicLong count = passes.computeIfAbsent(node, key -> new AtomicLong());
        String step = StepNames.of(definition);
        Fork fork = Fork.at(definition);
        AtomicLong around = fork == null ? null : passes.computeIfAbsent(fork.wayRound(node), key -> new AtomicLong());
        Fork enters = Fork.enteredBy(definition);
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                count.incrementAndGet();
                Optional<Failure> failure = failures.stream().filter(one -> one.step().equals(step))
                        .filter(one -> one.route() == null || one.route().equals(exchange.getFromRouteId()) || one.route().equals(node.owner()))
                        .filter(StepWatch.this::strikes).findFirst();
                if (failure.isPresent()) {
                    exchange.setException(made(failure.get()));
                    callback.done(true);
                    return true;
                }
                if (enters != null) {
                    enters.entered(exchange);
                }
                if (fork == null) {
                    return super.process(exchange, callback);
                }
                return super.process(exchange, done -> {
                    if (!fork.wasEntered(exchange) && !exchange.isFailed()) {
                        around.incrementAndGet();
                    }
                    callback.done(done);
                });
            }
        };
    }

    private boolean strikes(Failure failure) {
        int before = struck.computeIfAbsent(failure, key -> new AtomicInteger()).getAndIncrement();
        return failure.times() == 0 || before < failure.times();
    }

    private static Exception made(Failure failure) {
        try {
            return failure.exception().getConstructor(String.class).newInstance("thrown because the test wants it");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
