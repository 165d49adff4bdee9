package dev.amorelay.telegram;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A connection that begins at a proxy and, once connected, ends at the target: by HTTP's {@code CONNECT} with Basic, or by SOCKS5
 * (RFC 1928) with user and password (RFC 1929). Neither java.net.http nor HttpClient's blocking half knows the latter without a
 * password for the whole process. The target's name is resolved by the proxy.
 */
final class ProxySocket extends Socket {

    private static final int LONGEST_HEAD = 16_384;
    private static final byte VERSION = 5;
    private static final byte NO_LOGIN = 0;
    private static final byte LOGIN = 2;

    private final TelegramProxy proxy;

    /**
     * @param proxy where it begins
     */
    ProxySocket(TelegramProxy proxy) {
        this.proxy = proxy;
    }

    @Override
    public void connect(SocketAddress target, int timeout) throws IOException {
        InetSocketAddress begin = new InetSocketAddress(proxy.host(), proxy.port());
        if (begin.isUnresolved()) {
            throw new UnknownHostException("the proxy's name is not known");
        }
        super.connect(begin, timeout);
        int before = getSoTimeout();
        setSoTimeout(timeout);
        if (proxy.socks()) {
            socks((InetSocketAddress) target);
        } else {
            http((InetSocketAddress) target);
        }
        setSoTimeout(before);
    }

    @Override
    public void connect(SocketAddress target) throws IOException {
        connect(target, 0);
    }

    private void http(InetSocketAddress target) throws IOException {
        String name = target.getHostString().indexOf(':') >= 0 ? "[" + target.getHostString() + "]" : target.getHostString();
        String place = name + ":" + target.getPort();
        StringBuilder head = new StringBuilder("CONNECT ").append(place).append(" HTTP/1.1\r\nHost: ").append(place).append("\r\n");
        if (proxy.user() != null) {
            head.append("Proxy-Authorization: Basic ").append(Base64.getEncoder().encodeToString(
                    (proxy.user() + ":" + proxy.password()).getBytes(StandardCharsets.UTF_8))).append("\r\n");
        }
        getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        getOutputStream().flush();
        String status = head(getInputStream()).split("\r?\n", 2)[0];
        String code = status.matches("HTTP/1\\.\\d \\d{3}.*") ? status.substring(9, 12) : "no status";
        if (!code.startsWith("2")) {
            throw new ProxyRefused(code.equals("407"), "the proxy answers CONNECT with " + code);
        }
    }

    /** All up to the empty line, byte by byte: what follows is the target's. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int lineBreaks = 0;
        while (lineBreaks < 2) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the proxy has hung up");
            }
            if (head.size() > LONGEST_HEAD) {
                throw new ProxyRefused(false, "the proxy's answer has no end");
            }
            head.write(next);
            lineBreaks = next == '\n' ? lineBreaks + 1 : next == '\r' ? lineBreaks : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private void socks(InetSocketAddress target) throws IOException {
        OutputStream out = getOutputStream();
        DataInputStream in = new DataInputStream(getInputStream());
        out.write(proxy.user() == null ? new byte[] {VERSION, 1, NO_LOGIN} : new byte[] {VERSION, 2, NO_LOGIN, LOGIN});
        out.flush();
        if (in.readUnsignedByte() != VERSION) {
            throw new ProxyRefused(false, "the proxy does not speak SOCKS5");
        }
        int method = in.readUnsignedByte();
        if (method == LOGIN && proxy.user() != null) {
            logIn(in, out);
        } else if (method != NO_LOGIN) {
            throw new ProxyRefused(true, "the proxy wants another way to log in");
        }
        out.write(request(target));
        out.flush();
        in.readUnsignedByte();
        int reply = in.readUnsignedByte();
        if (reply != 0) {
            throw new ProxyRefused(reply == 2, "the proxy does not connect: SOCKS reply " + reply);
        }
        in.readUnsignedByte();
        int type = in.readUnsignedByte();
        // the address it went out from, and its port
        in.readFully(new byte[(type == 1 ? 4 : type == 4 ? 16 : in.readUnsignedByte()) + 2]);
    }

    private void logIn(DataInputStream in, OutputStream out) throws IOException {
        ByteArrayOutputStream login = new ByteArrayOutputStream();
        login.write(1);
        for (String part : new String[] {proxy.user(), proxy.password()}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 255) {
                throw new ProxyRefused(true, "user or password is longer than SOCKS5 takes");
            }
            login.write(bytes.length);
            login.write(bytes);
        }
        out.write(login.toByteArray());
        out.flush();
        in.readUnsignedByte();
        if (in.readUnsignedByte() != 0) {
            throw new ProxyRefused(true, "the proxy refuses user or password");
        }
    }

    private static byte[] request(InetSocketAddress target) throws IOException {
        String host = target.getHostString();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(new byte[] {VERSION, 1, 0});
        if (host.matches("[\\d.]+") || host.indexOf(':') >= 0) {
            byte[] address = InetAddress.getByName(host).getAddress();
            request.write(address.length == 4 ? 1 : 4);
            request.write(address);
        } else {
            byte[] name = host.getBytes(StandardCharsets.US_ASCII);
            request.write(3);
            request.write(name.length);
            request.write(name);
        }
        request.write(target.getPort() >> 8);
        request.write(target.getPort());
        return request.toByteArray();
    }
}
