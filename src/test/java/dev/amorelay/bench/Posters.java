package dev.amorelay.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Kept-alive connections that post and are answered on one thread: as little work for a post as can be. */
final class Posters implements Closeable {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final List<Connection> connections = new ArrayList<>();
    private final String head;
    /** By the length of the body. */
    private final Map<Integer, byte[]> heads = new HashMap<>();

    /**
     * Connects.
     *
     * @param port on this machine
     * @param path what is posted to
     * @param contentType of what is posted
     * @param count of connections
     */
    Posters(int port, String path, String contentType, int count) throws IOException {
        head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Type: " + contentType + "\r\nContent-Length: ";
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Connection connection = new Connection(i, channel);
            channel.register(selector, SelectionKey.OP_READ, connection);
            connections.add(connection);
        }
    }

    /**
     * An answer.
     *
     * @param connection number of the connection, from 0
     * @param status HTTP status
     * @param nanos since the post
     */
    record Answer(int connection, int status, long nanos) {
    }

    private static final class Connection {

        private final int number;
        private final SocketChannel channel;
        private final ByteBuffer read = ByteBuffer.allocateDirect(8192);
        private final ByteBuffer write = ByteBuffer.allocateDirect(8192);
        private long posted;

        Connection(int number, SocketChannel channel) {
            this.number = number;
            this.channel = channel;
        }
    }

    /** Posts without waiting for the answer; the body has to fit into the socket's buffer. */
    void post(int number, byte[] body) throws IOException {
        Connection connection = connections.get(number);
        byte[] before = heads.computeIfAbsent(body.length, length -> (head + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        connection.write.clear().put(before).put(body).flip();
        connection.posted = System.nanoTime();
        connection.channel.write(connection.write);
        if (connection.write.hasRemaining()) {
            throw new IOException("the socket takes no more");
        }
    }

    /** @return the answers that are there, at least one; waits for it */
    List<Answer> answers() throws IOException {
        List<Answer> answers = new ArrayList<>();
        while (answers.isEmpty()) {
            selector.select();
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                Connection connection = (Connection) keys.next().attachment();
                keys.remove();
                if (connection.channel.read(connection.read) < 0) {
                    throw new IOException("the connection was closed");
                }
                if (isWhole(connection.read)) {
                    int status = status(connection.read);
                    connection.read.clear();
                    answers.add(new Answer(connection.number, status, System.nanoTime() - connection.posted));
                }
            }
        }
        return answers;
    }

    private static boolean isWhole(ByteBuffer read) {
        int head = indexOf(read, END_OF_HEAD);
        if (head < 0) {
            return false;
        }
        if (status(read) == 204) {
            return true;
        }
        byte[] text = new byte[head];
        read.get(0, text);
        String headers = new String(text, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        int length = headers.indexOf("content-length: ");
        if (length < 0) {
            return !headers.contains("chunked") || endsWith(read, LAST_CHUNK);
        }
        int end = headers.indexOf("\r\n", length);
        int bytes = Integer.parseInt(headers.substring(length + "content-length: ".length(), end < 0 ? headers.length() : end));
        return read.position() >= head + END_OF_HEAD.length + bytes;
    }

    /** Of HTTP/1.1 204. */
    private static int status(ByteBuffer read) {
        return (read.get(9) - '0') * 100 + (read.get(10) - '0') * 10 + read.get(11) - '0';
    }

    private static int indexOf(ByteBuffer read, byte[] wanted) {
        for (int at = 0; at + wanted.length <= read.position(); at++) {
            if (matches(read, at, wanted)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean endsWith(ByteBuffer read, byte[] wanted) {
        return read.position() >= wanted.length && matches(read, read.position() - wanted.length, wanted);
    }

    private static boolean matches(ByteBuffer read, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (read.get(at + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }
}
