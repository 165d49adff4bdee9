package dev.amorelay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amorelay.sandbox.mail.SandboxMailServer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that can go wrong at the stand-in for the mail server, over real SMTP. */
class MailFaultsIT {

    private static SandboxRunning sandbox;

    @BeforeAll
    static void start() throws IOException {
        sandbox = new SandboxRunning();
    }

    @AfterAll
    static void stop() throws IOException {
        sandbox.close();
    }

    @AfterEach
    void clear() {
        sandbox.call("DELETE", "/sandbox/api/faults?at=smtp", null, null);
    }

    @Test
    void refusesOneRecipientOnly() throws Exception {
        fault("{\"at\":\"smtp\",\"fault\":\"refuse_recipient\",\"on\":\"gone@example.com\"}");

        assertThatThrownBy(() -> send("1", "gone@example.com")).isInstanceOf(SendFailedException.class).hasRootCauseMessage("550 5.1.1 User unknown\n");
        send("2", "zakaz@example.com");
        assertThat(taken("1")).isZero();
        assertThat(taken("2")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"refuse_all, 0", "drop_before, 0", "drop_after, 1", "hang, 0", "down, 0"})
    void failsAndRecovers(String fault, int taken) throws Exception {
        String subject = "Письмо " + fault;
        int port = sandbox.bean(SandboxMailServer.class).port();
        fault("{\"at\":\"smtp\",\"fault\":\"" + fault + "\"}");

        assertThatThrownBy(() -> send(subject, "zakaz@example.com")).isInstanceOf(MessagingException.class);
        assertThat(taken(subject)).isEqualTo(taken);
        clear();
        send(subject, "zakaz@example.com");
        assertThat(taken(subject)).isEqualTo(taken + 1L);
        assertThat(sandbox.bean(SandboxMailServer.class).port()).isEqualTo(port);
    }

    @Test
    void answersLate() throws Exception {
        fault("{\"at\":\"smtp\",\"fault\":\"slow\",\"ms\":300,\"count\":1}");
        long start = System.nanoTime();
        send("Не спеша", "zakaz@example.com");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300_000_000L);
        assertThat(taken("Не спеша")).isEqualTo(1);
    }

    private static void fault(String wish) {
        assertThat(sandbox.call("POST", "/sandbox/api/faults", wish, null).status()).isEqualTo(200);
    }

    private static long taken(String subject) {
        return sandbox.call("GET", "/sandbox/api/mails", null, null).json().findValuesAsText("subject").stream().filter(subject::equals).count();
    }

    private static void send(String subject, String to) throws MessagingException {
        Properties smtp = new Properties();
        smtp.put("mail.smtp.host", "127.0.0.1");
        smtp.put("mail.smtp.port", Integer.toString(sandbox.bean(SandboxMailServer.class).port()));
        smtp.put("mail.smtp.timeout", "1500");
        MimeMessage mail = new MimeMessage(Session.getInstance(smtp));
        mail.setFrom(new InternetAddress("relay@example.com"));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        mail.setSubject(subject, "UTF-8");
        mail.setText("Строка\n.\nи после точки", "UTF-8");
        Transport.send(mail);
    }
}
