package dev.amorelay.connections;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HexFormat;
import org.apache.tomcat.util.net.Nio2Channel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** A connection to the doors: what it has been doing since when. */
final class OpenConnection {

    /** What a connection does. */
    enum State {
        /** Between requests, or before the first. */
        IDLE,
        /** A request's line and headers are coming. */
        HEAD,
        /** A request is served, its body comes. */
        SERVED
    }

    private static final int NETWORK_BYTES = 8;

    private volatile SocketWrapperBase<Nio2Channel> socket;
    private volatile State state = State.IDLE;
    private volatile long since;
    private volatile int requests;

    OpenConnection(long now) {
        this.since = now;
    }

    void serve(long now) {
        requests++;
        become(State.SERVED, now);
    }

    void rest(long now) {
        become(State.IDLE, now);
    }

    /** The server keeps what it has of a head with the connection; while a request is served it has it elsewhere. */
    void look(SocketWrapperBase<Nio2Channel> seenSocket, long now) {
        socket = seenSocket;
        State seen = state == State.SERVED ? state : seenSocket.getCurrentProcessor() == null ? State.IDLE : State.HEAD;
        if (seen != state) {
            become(seen, now);
        }
    }

    private void become(State next, long now) {
        state = next;
        since = now;
    }

    State state() {
        return state;
    }

    /** @return {@link System#nanoTime()} when it began to do what it does */
    long since() {
        return since;
    }

    /** @return whether a request was ever served on it */
    boolean isKnown() {
        return requests > 0;
    }

    /** @return whom it counts for: the address, of IPv6 the network */
    String network() {
        return network(socket.getRemoteAddr());
    }

    /** @return the address at the other end, a proxy's where there is one */
    String peer() {
        return String.valueOf(socket.getRemoteAddr());
    }

    /** Ends it from outside; whoever reads from it is told at once. */
    static void end(SocketWrapperBase<Nio2Channel> socket) {
        try {
            socket.getSocket().getIOChannel().close();
        } catch (IOException e) {
            socket.close();
        }
    }

    void end() {
        end(socket);
    }

    static String network(String address) {
        if (address == null || address.indexOf(':') < 0 || !address.matches("[0-9a-fA-F:.]{2,45}")) {
            return String.valueOf(address);
        }
        try {
            // a literal, so no name is looked up
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length > NETWORK_BYTES ? HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES) : address;
        } catch (IOException e) {
            return address;
        }
    }
}
