package dev.amorelay.sandbox.mail;

import dev.amorelay.sandbox.faults.Fault;
import dev.amorelay.sandbox.faults.FaultList;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Passes one client's lines to the mail server and its answers back, unless a fault wants it otherwise. */
final class SmtpConversation {

    private static final Pattern RECIPIENT = Pattern.compile("RCPT TO:\\s*<?([^>\\s]*)>?.*", Pattern.CASE_INSENSITIVE);
    private static final Set<MailFault> AT_GREETING = Set.of(MailFault.REFUSE_ALL, MailFault.DROP_BEFORE);
    private static final Set<MailFault> AT_MAIL = Set.of(MailFault.HANG, MailFault.DROP_AFTER, MailFault.SLOW);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final FaultList<MailFault> faults;
    private final InputStream fromClient;
    private final OutputStream toClient;
    private final InputStream fromServer;
    private final OutputStream toServer;

    SmtpConversation(Socket client, Socket server, FaultList<MailFault> faults) throws IOException {
        this.faults = faults;
        fromClient = new BufferedInputStream(client.getInputStream());
        toClient = new BufferedOutputStream(client.getOutputStream());
        fromServer = new BufferedInputStream(server.getInputStream());
        toServer = new BufferedOutputStream(server.getOutputStream());
    }

    /** Goes on until one side closes or a fault ends it. */
    void run() throws IOException {
        Optional<Fault<MailFault>> start = faults.draw("CONNECT", "", fault -> AT_GREETING.contains(fault.kind()));
        if (start.isPresent()) {
            if (start.get().kind() == MailFault.REFUSE_ALL) {
                say(toClient, "421 4.3.2 Service not available, closing transmission channel\r\n");
            }
            return;
        }
        String answer = answer();
        while (answer != null) {
            say(toClient, answer);
            String line = line(fromClient);
            if (line == null) {
                return;
            }
            answer = passOn(line);
        }
    }

    /** @return what to tell the client; null = nothing any more */
    private @Nullable String passOn(String line) throws IOException {
        Matcher recipient = RECIPIENT.matcher(line.strip());
        if (recipient.matches() && faults.draw("RCPT", recipient.group(1).toLowerCase(Locale.ROOT),
                fault -> fault.kind() == MailFault.REFUSE_RECIPIENT).isPresent()) {
            return "550 5.1.1 User unknown\r\n";
        }
        if (line.strip().equalsIgnoreCase("DATA")) {
            return mail(line, faults.draw("DATA", "", fault -> AT_MAIL.contains(fault.kind())));
        }
        say(toServer, line);
        return answer();
    }

    private String mail(String command, Optional<Fault<MailFault>> fault) throws IOException {
        if (fault.isPresent() && fault.get().kind() == MailFault.HANG) {
            // the server never hears of this mail
            say(toClient, "354 Start mail input; end with <CRLF>.<CRLF>\r\n");
            copyMail(OutputStream.nullOutputStream());
            faults.hold(fault.get().length(LONG));
            return null;
        }
        say(toServer, command);
        String start = answer();
        if (start == null || !start.startsWith("354")) {
            return start;
        }
        say(toClient, start);
        copyMail(toServer);
        String taken = answer();
        if (fault.isPresent() && fault.get().kind() == MailFault.SLOW) {
            faults.hold(fault.get().length(LONG));
        }
        return fault.isPresent() && fault.get().kind() == MailFault.DROP_AFTER ? null : taken;
    }

    /** Copies lines up to the one with nothing but a dot, that one too. */
    private void copyMail(OutputStream to) throws IOException {
        String line = line(fromClient);
        while (line != null && !line.equals(".\r\n") && !line.equals(".\n")) {
            to.write(line.getBytes(StandardCharsets.ISO_8859_1));
            line = line(fromClient);
        }
        if (line == null) {
            throw new EOFException("the client went away");
        }
        say(to, line);
    }

    /** @return the server's answer, which may have several lines; null = it has closed */
    private @Nullable String answer() throws IOException {
        StringBuilder answer = new StringBuilder();
        for (String line = line(fromServer); line != null; line = line(fromServer)) {
            answer.append(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return answer.toString();
            }
        }
        return null;
    }

    private static void say(OutputStream to, String text) throws IOException {
        to.write(text.getBytes(StandardCharsets.ISO_8859_1));
        to.flush();
    }

    /** @return a line with its end, byte for byte; null = closed */
    private static @Nullable String line(InputStream from) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = from.read(); next >= 0; next = from.read()) {
            line.write(next);
            if (next == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }
}
