package dev.amorelay.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A flow that would never end is ended, by a failure of its own, and its error policy still does its work. */
class RunBoundTest {

    private static final int MOST_TURNS = 200;
    private static final int MOST_STEPS = 2_000;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final AtomicInteger handled = new AtomicInteger();

    @BeforeEach
    void begin() {
        camel.getCamelContextExtension().addInterceptStrategy(new RunBound(MOST_TURNS, MOST_STEPS));
    }

    @AfterEach
    void end() {
        camel.stop();
    }

    private Exchange run(RouteBuilder routes) throws Exception {
        camel.addRoutes(routes);
        camel.disableJMX();
        camel.start();
        return camel.createProducerTemplate().send("direct:start", exchange -> exchange.getMessage().setBody("x"));
    }

    private static void isEnded(Exchange exchange, String why) {
        Throwable root = exchange.getException();
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        assertThat(root).isInstanceOf(RunTooLong.class).hasMessageContaining(why);
    }

    @Test
    void aLoopWithoutAnEnd() throws Exception {
        isEnded(run(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").loopDoWhile(constant(true)).setHeader("a", constant(1));
            }
        }), "a loop has had " + MOST_TURNS + " turns");
    }

    @Test
    void aLoopWithACopyOfTheMessageWhoseTurnsTheMessageTells() throws Exception {
        isEnded(run(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").setHeader("n", constant(Integer.MAX_VALUE)).loop(simple("${header.n}")).copy().setHeader("a", constant(1));
            }
        }), "turns");
    }

    @Test
    void aLoopThatCatchesWhatEndsIt() throws Exception {
        isEnded(run(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").loopDoWhile(constant(true)).doTry().setHeader("a", constant(1)).doCatch(Exception.class).setHeader("b", constant(1)).end();
            }
        }), "turns");
    }

    @Test
    void loopsWithinLoops() throws Exception {
        isEnded(run(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").loop(199).loop(199).setHeader("a", constant(1));
            }
        }), "it has taken " + MOST_STEPS + " steps");
    }

    @Test
    void splitsWithinSplits() throws Exception {
        List<Integer> many = IntStream.range(0, 100).boxed().toList();
        isEnded(run(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").split(constant(many)).stopOnException().split(constant(many)).stopOnException().setHeader("a", constant(1));
            }
        }), "steps");
    }

    @Test
    void flowsThatCallEachOther() throws Exception {
        isEnded(run(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").to("direct:other");
                from("direct:other").choice().when(simple("${body} == 'x'")).to("direct:start");
            }
        }), "flows call each other");
    }

    @Test
    void aTextThatDoubles() throws Exception {
        isEnded(run(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").loop(100).setBody(simple("${body}${body}"));
            }
        }), "the body is larger than");
    }

    @Test
    void aVariableThatDoubles() throws Exception {
        isEnded(run(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").setVariable("v", constant("x")).loop(100).setVariable("v", simple("${variable.v}${variable.v}"));
            }
        }), "variable v is larger than");
    }

    @Test
    void theErrorPolicyDoesItsWork() throws Exception {
        Exchange exchange = run(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).process(failed -> handled.incrementAndGet()).setBody(constant("told"));
                from("direct:start").loopDoWhile(constant(true)).setHeader("a", constant(1));
            }
        });
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("told");
        assertThat(handled).hasValue(1);
    }

    @Test
    void anErrorPolicyThatNeverEnds() throws Exception {
        isEnded(run(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).loopDoWhile(constant(true)).setBody(constant("told"));
                from("direct:start").throwException(new IllegalStateException());
            }
        }), "turns");
    }

    @Test
    void whatEndsByItselfIsLeftAlone() throws Exception {
        Exchange exchange = run(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start").loop(200).setHeader("a", simple("${exchangeProperty.CamelLoopIndex}"));
            }
        });
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader("a")).hasToString("199");
    }
}
