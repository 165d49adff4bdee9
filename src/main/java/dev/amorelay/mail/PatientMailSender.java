package dev.amorelay.mail;

import dev.amorelay.work.Later;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a mail server that is down, refuses our login or asks to come again (4xx) from one that refuses this very
 * mail: the former is nobody's fault, so the mail waits without limit. One mail finds out for all: while the server cannot be reached, or
 * takes no login, the others are not tried for some seconds.
 */
class PatientMailSender extends DefaultJavaMailSender {

    /** Less than workers rest where a way is closed, so that each of their looks is a try. */
    private static final Duration REST = Duration.ofSeconds(2);

    private final LongSupplier nanos;
    private volatile @Nullable Away away;

    /**
     * That it was out of reach.
     *
     * @param since when, by the clock
     * @param why in words
     */
    private record Away(long since, String why) {
    }

    PatientMailSender() {
        this(System::nanoTime);
    }

    /** @param nanos a clock */
    PatientMailSender(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public void send(MimeMessage mail) throws MessagingException {
        Away known = away;
        if (known != null && nanos.getAsLong() - known.since() < REST.toNanos()) {
            throw new MailAway(known.why());
        }
        try {
            super.send(mail);
            away = null;
        } catch (SendFailedException refused) {
            int code = code(refused);
            if (code < 0 || code >= 400 && code < 500) {
                throw later("code " + code, refused);
            }
            throw refused;
        } catch (MessagingException trouble) {
            boolean plain = String.valueOf(trouble.getMessage()).contains("STARTTLS is required");
            Later later = later(plain ? "it offers no TLS, and a password goes over TLS only (SMTP_TLS=optional sends it in plain)"
                    : trouble.getClass().getSimpleName(), trouble);
            if (plain || trouble instanceof MailConnectException || trouble instanceof AuthenticationFailedException) {
                away = new Away(nanos.getAsLong(), later.getMessage());
            }
            throw later;
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
