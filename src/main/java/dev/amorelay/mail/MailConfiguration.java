package dev.amorelay.mail;

import dev.amorelay.settings.SmtpSettings;
import java.util.Properties;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The SMTP server that takes our mail. Its password stays out of endpoint addresses, which monitoring shows. */
@Configuration
class MailConfiguration {

    private static final int IMPLICIT_TLS = 465;
    private static final String CONNECT = "5000";
    private static final String ANSWER = "20000";

    @Bean
    DefaultJavaMailSender mailSender(SmtpSettings smtp) {
        String protocol = smtp.port() == IMPLICIT_TLS ? "smtps" : "smtp";
        Properties properties = new Properties();
        properties.put("mail." + protocol + ".connectiontimeout", CONNECT);
        properties.put("mail." + protocol + ".timeout", ANSWER);
        properties.put("mail." + protocol + ".writetimeout", ANSWER);
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", String.valueOf(smtp.needsTls()));
        DefaultJavaMailSender sender = new PatientMailSender();
        sender.setProtocol(protocol);
        sender.setHost(smtp.host());
        sender.setPort(smtp.port());
        sender.setJavaMailProperties(properties);
        if (smtp.user() != null && !smtp.user().isBlank()) {
            properties.put("mail." + protocol + ".auth", "true");
            sender.setUsername(smtp.user());
            sender.setPassword(smtp.password());
        }
        return sender;
    }
}
