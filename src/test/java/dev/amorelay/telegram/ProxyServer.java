package dev.amorelay.telegram;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real small proxy, HTTP CONNECT or SOCKS5, that wants a login or none; every name leads to this machine. */
public final class ProxyServer implements AutoCloseable {

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "test-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final boolean socks;
    private volatile String login;

    /** @param login {@code user:password}; null for nobody's */
    ProxyServer(boolean socks, String login) throws IOException {
        this(socks, login, 0);
    }

    /**
     * @param login {@code user:password}; null for nobody's
     * @param port where it listens; 0 for any
     */
    public ProxyServer(boolean socks, String login, int port) throws IOException {
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.socks = socks;
        this.login = login;
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    threads.execute(() -> serve(client));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    /** @param other {@code user:password} that counts from now on */
    public void wants(String other) {
        login = other;
    }

    int port() {
        return server.getLocalPort();
    }

    /** The hosts that were asked for. */
    List<String> asked() {
        return asked;
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            Integer port = socks ? socks(in, out) : connect(in, out);
            if (port != null) {
                try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    out.write(socks ? new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 80} : "HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n".getBytes());
                    out.flush();
                    threads.execute(() -> pump(target, client));
                    client.getInputStream().transferTo(target.getOutputStream());
                }
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.close();
        } catch (IOException e) {
            // one of them has gone
        }
    }

    private Integer connect(InputStream in, OutputStream out) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        String told = head.toString(StandardCharsets.ISO_8859_1);
        String basic = login == null ? "" : "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        if (!told.startsWith("CONNECT ") || !told.contains(basic)) {
            out.write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n".getBytes());
            return null;
        }
        String target = told.substring(8, told.indexOf(' ', 8));
        asked.add(target.substring(0, target.lastIndexOf(':')));
        return Integer.valueOf(target.substring(target.lastIndexOf(':') + 1));
    }

    private Integer socks(DataInputStream in, OutputStream out) throws IOException {
        in.readUnsignedByte();
        byte[] methods = in.readNBytes(in.readUnsignedByte());
        byte wanted = (byte) (login == null ? 0 : 2);
        if (new String(methods, StandardCharsets.ISO_8859_1).indexOf(wanted) < 0) {
            out.write(new byte[] {5, (byte) 0xFF});
            return null;
        }
        out.write(new byte[] {5, wanted});
        if (login != null) {
            in.readUnsignedByte();
            String user = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
            String password = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
            boolean right = (user + ":" + password).equals(login);
            out.write(new byte[] {1, (byte) (right ? 0 : 1)});
            if (!right) {
                return null;
            }
        }
        in.readNBytes(3);
        int type = in.readUnsignedByte();
        String host = type == 3 ? new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII)
                : InetAddress.getByAddress(in.readNBytes(type == 1 ? 4 : 16)).getHostAddress();
        asked.add(host);
        return in.readUnsignedShort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
