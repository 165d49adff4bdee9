package dev.amorelay.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.amorelay.settings.SmtpSettings;
import dev.amorelay.work.Later;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailSenderTest {

    private static DefaultJavaMailSender sender(int port, String user) {
        return new MailConfiguration().mailSender(new SmtpSettings("127.0.0.1", port, user, "wrong", "required"));
    }

    private static Throwable sending(DefaultJavaMailSender sender) throws MessagingException {
        MimeMessage mail = new MimeMessage(sender.getSession());
        mail.setFrom("relay@example.com");
        mail.setRecipients(Message.RecipientType.TO, "orders@example.com");
        mail.setText("Имя: Иван", "UTF-8");
        return catchThrowable(() -> sender.send(mail));
    }

    @Test
    void sends() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            assertThat(sending(sender(server.getSmtp().getPort(), ""))).isNull();
            assertThat(server.getReceivedMessages()).hasSize(1);
            assertThat(server.getReceivedMessages()[0].getContent()).asString().contains("Имя: Иван");
        } finally {
            server.stop();
        }
    }

    /** 0.0.0.0 leads here, and is no name of this machine. */
    @Test
    void aPasswordGoesOverTlsUnlessToldOtherwise() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("relay", "wrong");
        server.start();
        try {
            int port = server.getSmtp().getPort();
            assertThat(sending(sender("0.0.0.0", port, "relay", "required"))).isInstanceOf(Later.class)
                    .hasMessageContaining("it offers no TLS").hasMessageContaining("SMTP_TLS=optional").hasMessageNotContaining("wrong");
            assertThat(server.getReceivedMessages()).isEmpty();
            assertThat(sending(sender("0.0.0.0", port, "relay", "optional"))).isNull();
            assertThat(sending(sender("0.0.0.0", port, "", "required"))).as("without a login there is nothing to hide").isNull();
            assertThat(sending(sender("127.0.0.1", port, "relay", "required"))).isNull();
            assertThat(server.getReceivedMessages()).hasSize(3);
        } finally {
            server.stop();
        }
    }

    private static DefaultJavaMailSender sender(String host, int port, String user, String tls) {
        return new MailConfiguration().mailSender(new SmtpSettings(host, port, user, "wrong", tls));
    }

    @Test
    void aServerThatIsDownIsWaitedFor() throws Exception {
        int free;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = closed.getLocalPort();
        }
        assertThat(sending(sender(free, ""))).isInstanceOf(Later.class)
                .hasMessage("the mail server takes nothing now: MailConnectException");
    }

    /** Thousands of mails that each find out for themselves took a quarter of the processor while the server was down. */
    @Test
    void oneMailFindsOutForAllAndOneTriesAgain() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        int port = server.getSmtp().getPort();
        server.stop();
        AtomicLong seconds = new AtomicLong();
        PatientMailSender sender = new PatientMailSender(() -> seconds.get() * 1_000_000_000L);
        sender.setProtocol("smtp");
        sender.setHost("127.0.0.1");
        sender.setPort(port);
        assertThat(((Later) sending(sender)).isNotTried()).isFalse();
        GreenMail back = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        back.start();
        try {
            assertThat(((Later) sending(sender)).isNotTried()).as("known to be down").isTrue();
            assertThat(back.getReceivedMessages()).isEmpty();
            seconds.addAndGet(2);
            assertThat(sending(sender)).isNull();
            assertThat(sending(sender)).as("it is back").isNull();
            assertThat(back.getReceivedMessages()).hasSize(2);
        } finally {
            back.stop();
        }
    }

    @Test
    void aLoginThatIsRefusedIsNotTheMailsFault() throws Exception {
        try (SmtpScript server = new SmtpScript("535 5.7.8 authentication failed", "250 ok")) {
            assertThat(sending(sender(server.port(), "relay"))).isInstanceOf(Later.class)
                    .hasMessageNotContaining("wrong").hasMessageContaining("AuthenticationFailedException");
        }
    }

    @Test
    void aBrokenConnectionIsWaitedOut() throws Exception {
        try (SmtpScript server = new SmtpScript("235 ok", null)) {
            assertThat(sending(sender(server.port(), ""))).isInstanceOf(Later.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"450 4.2.0 greylisted", "421 4.3.2 shutting down", "452 4.2.2 mailbox full"})
    void comeAgain(String answer) throws Exception {
        try (SmtpScript server = new SmtpScript("235 ok", answer)) {
            assertThat(sending(sender(server.port(), ""))).isInstanceOf(Later.class);
        }
    }

    @Test
    void aRefusedRecipientIsOurs() throws Exception {
        try (SmtpScript server = new SmtpScript("235 ok", "550 5.1.1 no such mailbox")) {
            assertThatThrownBy(() -> {
                throw sending(sender(server.port(), ""));
            }).isInstanceOf(MessagingException.class);
        }
    }

    /** An SMTP server that answers AUTH and RCPT as told; null breaks the connection. */
    private static final class SmtpScript implements AutoCloseable {

        private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final String auth;
        private final String recipient;

        SmtpScript(String auth, String recipient) throws IOException {
            this.auth = auth;
            this.recipient = recipient;
            Thread thread = new Thread(this::serve, "smtp-script");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return door.getLocalPort();
        }

        private void serve() {
            while (!door.isClosed()) {
                try (Socket caller = door.accept();
                        BufferedReader in = new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8));
                        PrintWriter out = new PrintWriter(caller.getOutputStream(), true, StandardCharsets.UTF_8)) {
                    talk(in, out);
                } catch (IOException e) {
                    // the caller is gone, or the test is over
                }
            }
        }

        private void talk(BufferedReader in, PrintWriter out) throws IOException {
            out.print("220 example.com\r\n");
            out.flush();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String answer = line.startsWith("EHLO") ? "250-example.com\r\n250 AUTH PLAIN"
                        : line.startsWith("AUTH") ? auth : line.startsWith("RCPT") ? recipient : "250 ok";
                if (answer == null) {
                    return;
                }
                out.print(answer + "\r\n");
                out.flush();
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }
}
