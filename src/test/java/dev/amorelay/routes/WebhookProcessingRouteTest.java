package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.conversations.ConversationLinks;
import dev.amorelay.conversations.Notes;
import dev.amorelay.webhooks.Event;
import dev.amorelay.webhooks.EventGroup;
import dev.amorelay.webhooks.EventSorter;
import dev.amorelay.work.Later;
import dev.amorelay.work.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.mockito.invocation.InvocationOnMock;

class WebhookProcessingRouteTest extends RouteTest {

    /** What reached which flow. */
    private final Map<String, List<Long>> reached = new ConcurrentHashMap<>();
    private final Map<String, RuntimeException> failing = new ConcurrentHashMap<>();

    @Override
    List<String> flows() {
        return List.of("webhook-processing");
    }

    @Override
    void bind(Registry beans) {
        ConversationLinks links = mock(ConversationLinks.class);
        doAnswer(call -> reach("link", call)).when(links).link(any());
        Notes notes = mock(Notes.class);
        doAnswer(call -> reach("keep", call)).when(notes).keep(any());
        beans.bind("conversationNotes", notes);
        beans.bind("eventSorter", new EventSorter(mock(KnownAccounts.class)));
        beans.bind("conversationLinks", links);
    }

    private Object reach(String flow, InvocationOnMock call) {
        reach(flow, call.<EventGroup>getArgument(0));
        return null;
    }

    private void reach(String flow, EventGroup group) {
        reached.put(flow + ":" + group.entity(), group.events().stream().map(Event::id).toList());
        if (failing.containsKey(flow)) {
            throw failing.get(flow);
        }
        inbox.done(group.events());
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (String flow : List.of("deals", "clients")) {
                    from("direct:" + flow + ".sync.read").routeId("test." + flow).process(exchange -> {
                        assertThat(exchange.getVariable("group")).isEqualTo(exchange.getMessage().getBody());
                        reach(flow, exchange.getMessage().getBody(EventGroup.class));
                    });
                }
            }
        };
    }

    private Event[] oneOfEach() {
        return new Event[] {event("lead.status"), event("contact.update"), event("conversation.add"), event("message.add"),
            event("note.add"), event("company.update"), event("task.add"), event("unsorted.add"), event("catalog.add"),
            event("lead.update")};
    }

    private Event event(String type) {
        return inbox.event(type, "55", "{}");
    }

    @Test
    void eachKindGoesToItsFlow() {
        inbox.await(oneOfEach());
        awaitSettled(inbox.settled, "1 done", "2 done", "3 done", "4 done", "5 done", "6 stored", "7 stored", "8 stored",
                "9 stored", "10 done");
        assertThat(reached).isEqualTo(Map.of("deals:lead", List.of(1L, 10L), "clients:contact", List.of(2L),
                "link:conversation", List.of(3L), "link:message", List.of(4L), "keep:note", List.of(5L)));
    }

    @Test
    void aGroupFailsByItself() {
        failing.put("deals", new Later("amoCRM не отвечает", Duration.ofMinutes(20)));
        failing.put("link", new Refused("no such talk"));
        failing.put("keep", new IllegalStateException("bug"));
        inbox.await(oneOfEach());
        awaitSettled(inbox.settled, "1 postponed", "2 done", "3 dead", "4 dead", "5 postponed", "6 stored", "7 stored", "8 stored",
                "9 stored", "10 postponed");
        assertThat(settled(1).postponement().ownFault()).isFalse();
        assertThat(settled(1).postponement().delay()).isEqualTo(Duration.ofMinutes(20));
        assertThat(settled(3).detail()).isEqualTo("no such talk");
        assertThat(settled(5).postponement().ownFault()).isTrue();
        assertThat(settled(5).detail()).isEqualTo("IllegalStateException: bug");
    }

    private Settled settled(long row) {
        return inbox.settled.stream().filter(settled -> settled.row() == row).findFirst().orElseThrow();
    }
}
