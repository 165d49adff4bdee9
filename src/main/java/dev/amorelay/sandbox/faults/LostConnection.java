package dev.amorelay.sandbox.faults;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/** Lets the stand-ins close a caller's connection without an answer. Only the server's own request can do that. */
public final class LostConnection extends ValveBase {

    private static final String ATTRIBUTE = LostConnection.class.getName();

    /** To be put into the server's pipeline. */
    public LostConnection() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getRequestURI().startsWith("/sandbox/")) {
            Runnable close = () -> request.getCoyoteRequest().action(ActionCode.CLOSE_NOW, null);
            request.setAttribute(ATTRIBUTE, close);
        }
        getNext().invoke(request, response);
    }

    /** Closes the connection; whatever is written afterwards goes nowhere. */
    public static void of(ServletRequest request) {
        ((Runnable) request.getAttribute(ATTRIBUTE)).run();
    }
}
