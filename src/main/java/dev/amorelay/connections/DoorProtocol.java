package dev.amorelay.connections;

import java.util.Set;
import org.apache.coyote.http11.Http11Nio2Protocol;
import org.apache.tomcat.util.net.Acceptor;
import org.apache.tomcat.util.net.Nio2Channel;
import org.apache.tomcat.util.net.Nio2Endpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 in which the thread that finds a request serves it, and whose connections can be looked at: Tomcat's own limits count all
 * connections, but not those of one address, and its time limits begin anew with each byte.
 */
public class DoorProtocol extends Http11Nio2Protocol {

    /** Made by the server, by the name of the class. */
    public DoorProtocol() {
        super(new AcceptingEndpoint());
    }

    /** @return the open connections, as they are now */
    @SuppressWarnings("unchecked")
    Set<SocketWrapperBase<Nio2Channel>> connections() {
        return getEndpoint().getConnections();
    }

    /**
     * Connections are accepted by a thread that does nothing else. By default whoever accepts one looks for the next first, and where
     * that is there already serves it before its own, up to sixteen deep: one slow request would hold up all before it.
     */
    private static final class AcceptingEndpoint extends Nio2Endpoint {

        @Override
        protected void startAcceptorThread() {
            acceptor = new Acceptor<>(this);
            Thread thread = new Thread(acceptor, getName() + "-Acceptor");
            thread.setPriority(getAcceptorThreadPriority());
            thread.setDaemon(getDaemon());
            thread.start();
        }

        @Override
        public void resume() {
            // the thread still waits for the next connection
            paused = !running;
        }
    }
}
