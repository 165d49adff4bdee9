package dev.amorelay.road;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Free ports for a relay under test, so that it meets no other one on the machine. They lie below those that the system gives to
 * connections, which could take one before the relay does, and each fork of the build has some of its own.
 */
public final class Ports {

    private static final int FIRST = 12_000;
    private static final int A_FORK = 5_000;
    private static final int FORKS = 4;
    private static final int OF_THIS_FORK = FIRST + Integer.getInteger("test.fork", 1) % FORKS * A_FORK;
    private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(A_FORK));

    private Ports() {
    }

    /** @return a port that nobody listens at, and that is given to nobody else in this process for a good while */
    public static int free() {
        for (int tries = 0; tries < A_FORK; tries++) {
            int port = OF_THIS_FORK + NEXT.getAndIncrement() % A_FORK;
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // somebody's: the next one
                continue;
            }
        }
        throw new IllegalStateException("no free port");
    }
}
