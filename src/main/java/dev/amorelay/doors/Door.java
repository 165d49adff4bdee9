package dev.amorelay.doors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.apache.camel.spi.UnitOfWork;
import org.springframework.http.HttpHeaders;

/** The end of an HTTP address at which a route begins; knows how many requests are behind it. */
public class Door extends SpringBootPlatformHttpConsumer {

    private final DoorHold hold;
    private final OwnDoors own;
    private final DoorAccess access;
    private final AtomicInteger inside = new AtomicInteger();

    Door(PlatformHttpEndpoint endpoint, Processor processor, DoorHold hold, OwnDoors own) {
        // a request stays on the thread that took it; by default it changes threads twice
        super(endpoint, processor, Runnable::run);
        this.hold = hold;
        this.own = own;
        this.access = ((DoorComponent) endpoint.getComponent()).access(endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        own.opened(getEndpoint(), access, this::isShutdown);
        super.doStart();
    }

    @Override
    protected void handleService(HttpServletRequest request, HttpServletResponse response) throws Exception {
        inside.incrementAndGet();
        hold.arrived(request);
        try {
            if (isStarted() && OwnDoors.isJudged(request, access)) {
                super.handleService(request, response);
            } else {
                // an operator has stopped the route, or an edit now says who may come, and nobody has looked by that: whoever comes shall come again
                response.setHeader(HttpHeaders.RETRY_AFTER, "5");
                response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        } finally {
            inside.decrementAndGet();
        }
    }

    @Override
    public UnitOfWork createUoW(Exchange exchange) {
        UnitOfWork work = new DoorWork(exchange);
        exchange.getExchangeExtension().setUnitOfWork(work);
        return work;
    }

    /** @return whether no request is behind the door */
    public boolean isEmpty() {
        return inside.get() == 0;
    }
}
