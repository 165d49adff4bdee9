package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.amorelay.delivery.Effect;
import dev.amorelay.leads.Lead;
import dev.amorelay.leads.LeadBook;
import dev.amorelay.leads.LeadReader;
import dev.amorelay.leads.MailCopy;
import dev.amorelay.settings.SmtpSettings;
import dev.amorelay.work.Refused;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The real mail component, against a mail server in this process. */
class LeadMailCopyRouteTest extends RouteTest {

    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final Lead LEAD = new LeadReader().read(("{\"source\":\"site\",\"name\":\"Иван\\nBcc: all@example.com\","
            + "\"phone\":\"8 999 123 45 67\",\"message\":\"Нужен станок 🏭\"}").getBytes(StandardCharsets.UTF_8), "application/json");

    private final LeadBook leads = mock(LeadBook.class);
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @Override
    List<String> flows() {
        return List.of("lead-mail-copy");
    }

    @Override
    Map<String, String> settings() {
        return Map.of("relay.mail.orders-to", "orders@example.com", "relay.mail.from", "relay@example.com");
    }

    @Override
    void bind(Registry beans) {
        server.start();
        beans.bind("leadBook", leads);
        beans.bind("mailCopy", new MailCopy());
        try (AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext()) {
            spring.registerBean(SmtpSettings.class, () -> new SmtpSettings("127.0.0.1", server.getSmtp().getPort(), "", "", "required"));
            spring.scan("dev.amorelay.mail");
            spring.refresh();
            beans.bind("mailSender", spring.getBean("mailSender", DefaultJavaMailSender.class));
        }
    }

    @Override
    void connect(CamelContext camel) {
        camel.removeComponent("smtp");
        camel.addComponent("smtp", new MailComponent());
    }

    @Override
    protected void doPostTearDown() {
        server.stop();
    }

    private void owed() {
        Effect effect = outbox.effect("mail.lead-copy", ID, Map.of());
        outbox.await(effect);
    }

    @Test
    void theMailboxGetsTheLead() throws Exception {
        when(leads.lead(ID)).thenReturn(LEAD);
        owed();
        awaitSettled(outbox.settled, "1 done");
        assertThat(server.getReceivedMessages()).hasSize(1);
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo(new MailCopy().subject(LEAD)).isEqualTo("Новая заявка: Иван Bcc: all@example.com");
        assertThat(mail.getContent().toString().replace("\r\n", "\n").strip()).isEqualTo(new MailCopy().body(LEAD).strip())
                .contains("Телефон: 8 999 123 45 67").contains("Нужен станок 🏭");
        // the same for every attempt, so that a mailbox recognises a repeated copy
        assertThat(mail.getMessageID()).isEqualTo("<" + ID + ".lead-copy@amo-relay>");
        assertThat(mail.getRecipients(Message.RecipientType.TO)).extracting(Object::toString).containsExactly("orders@example.com");
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("relay@example.com");
        assertThat(mail.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
    }

    @Test
    void whileTheServerIsDownTheCopyWaits() {
        when(leads.lead(ID)).thenReturn(LEAD);
        server.stop();
        owed();
        awaitSettled(outbox.settled, "1 postponed");
        assertThat(outbox.settled.get(0).postponement().ownFault()).isFalse();
        assertThat(outbox.settled.get(0).detail()).isEqualTo("the mail server takes nothing now: MailConnectException");
    }

    @Test
    void anErasedLeadIsNotCopied() {
        when(leads.lead(ID)).thenThrow(new Refused("lead " + ID + " is not stored any more"));
        owed();
        awaitSettled(outbox.settled, "1 dead");
        assertThat(server.getReceivedMessages()).isEmpty();
    }
}
