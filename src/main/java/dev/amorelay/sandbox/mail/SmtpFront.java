package dev.amorelay.sandbox.mail;

import dev.amorelay.sandbox.faults.FaultList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The port that clients see. It can be closed and opened again; each connection is a {@link SmtpConversation}. */
final class SmtpFront implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final FaultList<MailFault> faults;
    private final int serverPort;
    private final InetSocketAddress address;
    private ServerSocket listening;

    /**
     * Opens the port.
     *
     * @param port on the loopback address; 0 = any free one
     * @param serverPort where the mail server itself listens
     */
    SmtpFront(int port, int serverPort, FaultList<MailFault> faults) throws IOException {
        this.faults = faults;
        this.serverPort = serverPort;
        listening = listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort());
    }

    int port() {
        return address.getPort();
    }

    /** Opens the port where it is closed. */
    synchronized void open() {
        if (listening.isClosed()) {
            try {
                listening = listen(address);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerSocket listen(InetSocketAddress where) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(where, BACKLOG);
        start("sandbox-smtp", () -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                start("sandbox-smtp-client", () -> converse(client));
            } catch (IOException e) {
                // closed, or the client was gone before it was greeted
                continue;
            }
        }
    }

    private void converse(Socket client) {
        try (client; Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            new SmtpConversation(client, server, faults).run();
        } catch (IOException e) {
            // either side went away: that is how a conversation ends
            return;
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
