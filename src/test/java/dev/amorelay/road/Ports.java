package dev.amorelay.road;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Free ports for a relay under test, so that it meets no other one on the machine. */
final class Ports {

    private Ports() {
    }

    static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
