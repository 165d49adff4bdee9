package dev.amorelay.mail;

import dev.amorelay.work.Later;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Tells a mail server that is down, refuses our login or asks to come again (4xx) from one that refuses this very
 * mail: the former is nobody's fault, so the mail waits without limit.
 */
class PatientMailSender extends DefaultJavaMailSender {

    @Override
    public void send(MimeMessage mail) throws MessagingException {
        try {
            super.send(mail);
        } catch (SendFailedException refused) {
            int code = code(refused);
            if (code < 0 || code >= 400 && code < 500) {
                throw later("code " + code, refused);
            }
            throw refused;
        } catch (MessagingException trouble) {
            boolean plain = String.valueOf(trouble.getMessage()).contains("STARTTLS is required");
            throw later(plain ? "it offers no TLS, and a password goes over TLS only (SMTP_TLS=optional sends it in plain)"
                    : trouble.getClass().getSimpleName(), trouble);
        }
    }

    private static Later later(String why, Exception cause) {
        return new Later("the mail server takes nothing now: " + why, null, cause);
    }

    /** The first SMTP code in the chain: -1 where the connection broke, 0 where the mail was not even offered. */
    private static int code(Throwable refused) {
        for (Throwable link = refused; link != null; link = link.getCause()) {
            if (link instanceof SMTPSendFailedException send) {
                return send.getReturnCode();
            }
            if (link instanceof SMTPAddressFailedException recipient) {
                return recipient.getReturnCode();
            }
            if (link instanceof SMTPSenderFailedException sender) {
                return sender.getReturnCode();
            }
        }
        return 0;
    }
}
