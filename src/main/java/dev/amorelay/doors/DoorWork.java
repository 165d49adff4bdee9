package dev.amorelay.doors;

import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.impl.engine.DefaultUnitOfWork;
import org.apache.camel.spi.UnitOfWork;
import org.slf4j.MDC;

/**
 * What a request does behind its door. Its log lines bear the route's name as everybody's do; Camel's own way of seeing to
 * that notes eight names a request, and again around each step, for routes that change threads. A door's request stays on one.
 */
final class DoorWork extends DefaultUnitOfWork {

    DoorWork(Exchange exchange) {
        super(exchange);
    }

    @Override
    public void pushRoute(Route route) {
        super.pushRoute(route);
        MDC.put(UnitOfWork.MDC_ROUTE_ID, route.getRouteId());
    }

    @Override
    public Route popRoute() {
        Route left = super.popRoute();
        Route back = getRoute();
        if (back == null) {
            MDC.remove(UnitOfWork.MDC_ROUTE_ID);
        } else {
            MDC.put(UnitOfWork.MDC_ROUTE_ID, back.getRouteId());
        }
        return left;
    }
}
