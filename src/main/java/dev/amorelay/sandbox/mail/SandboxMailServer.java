package dev.amorelay.sandbox.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.faults.FaultList;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.BindException;
import java.util.List;
import org.springframework.boot.web.server.PortInUseException;

/**
 * A real SMTP server on the loopback address, for any recipient and without a login. Each mail is in the database
 * before the sender hears that it was taken, so a killed process loses none.
 */
public final class SandboxMailServer implements AutoCloseable {

    private final GreenMail server;
    private final SmtpFront front;
    private final FaultList<MailFault> faults = new FaultList<>(MailFault.class);
    private final Mailbox mailbox;

    /**
     * Starts the server.
     *
     * @param port 0 = any free one
     * @throws PortInUseException when another program has it
     */
    public SandboxMailServer(Mailbox mailbox, int port) {
        this.mailbox = mailbox;
        this.server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        try {
            server.start();
            front = new SmtpFront(port, server.getSmtp().getPort(), faults);
        } catch (BindException e) {
            server.stop();
            throw new PortInUseException(port, e);
        } catch (IOException | RuntimeException e) {
            server.stop();
            throw new IllegalStateException("the sandbox's mail server cannot be started at port " + port, e);
        }
        UserManager users = server.getUserManager();
        users.setMessageDeliveryHandler((message, address) -> {
            store(message, address);
            return keeper(users, address);
        });
    }

    /** @return the port in use */
    public int port() {
        return front.port();
    }

    /** Lets something go wrong: {@code {"fault":"refuse_recipient","on":"zakaz@example.com"}}. */
    public void addFault(JsonNode wish) {
        if (faults.add(wish).kind() == MailFault.DOWN) {
            front.close();
        }
    }

    /** Ends all faults; a port that was closed is open again. */
    public void clearFaults() {
        faults.clear();
        front.open();
    }

    /** @return the faults in force and what they did */
    public List<ObjectNode> faults() {
        return faults.view();
    }

    @Override
    public void close() {
        faults.clear();
        front.close();
        server.stop();
    }

    private void store(MovingMessage message, MailAddress address) throws MessagingException {
        MimeMessage mail = message.getMessage();
        String from = mail.getFrom() == null || mail.getFrom().length == 0 ? "" : sender(mail.getFrom()[0]);
        String subject = mail.getSubject() == null ? "" : mail.getSubject();
        String id = mail.getMessageID() == null ? "" : mail.getMessageID();
        String type = mail.getContentType() == null ? "" : mail.getContentType().replaceFirst("(?s);.*", "").strip();
        mailbox.add(Json.storable(from), Json.storable(address.getEmail()), Json.storable(subject), Json.storable(text(mail)), Json.storable(id),
                Json.storable(type));
    }

    private static String sender(Address address) {
        return address instanceof InternetAddress mail ? mail.toUnicodeString() : address.toString();
    }

    private GreenMailUser keeper(UserManager users, MailAddress address) throws UserException {
        GreenMailUser user = users.getUserByEmail(address.getEmail());
        if (user == null) {
            user = users.createUser(address.getEmail(), address.getEmail(), address.getEmail());
        }
        try {
            // GreenMail keeps every mail in memory; the database has it
            server.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            throw new UserException(e);
        }
        return user;
    }

    /** @return the plain text of a mail, or the first text part there is */
    static String text(Part part) {
        try {
            Object content = part.getContent();
            if (content instanceof String written) {
                return written;
            }
            if (content instanceof Multipart parts) {
                for (int i = 0; i < parts.getCount(); i++) {
                    String text = text(parts.getBodyPart(i));
                    if (!text.isBlank()) {
                        return text;
                    }
                }
            }
            return "";
        } catch (MessagingException | IOException e) {
            return "";
        }
    }
}
