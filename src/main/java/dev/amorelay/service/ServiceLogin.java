package dev.amorelay.service;

import dev.amorelay.clients.TelegramUser;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The admin at the doors of service: whoever brings the admin's password, which is checked before the door, is an engineer too. */
@Component("serviceLogin")
public class ServiceLogin {

    /** No Telegram user has this id. */
    private static final long NOBODY = 0;

    /**
     * Whether a request has passed the check of the admin's password.
     *
     * @param request as it came
     * @return false for everybody else
     */
    public boolean isAdmin(@Header(Exchange.HTTP_SERVLET_REQUEST) HttpServletRequest request) {
        return request.getUserPrincipal() != null;
    }

    /**
     * The admin, as one of the supplier's engineers without a chat.
     *
     * @param request as it came; one that changes something says that it is JSON, which a foreign page cannot make a browser send
     * @return who it is
     * @throws RequestRejected where it does not
     */
    public TelegramUser admin(@Header(Exchange.HTTP_SERVLET_REQUEST) HttpServletRequest request) {
        String type = request.getContentType();
        if (!request.getMethod().equals("GET") && (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json"))) {
            throw RequestRejected.of("body", "Тело должно быть JSON: задайте Content-Type: application/json");
        }
        return new TelegramUser(NOBODY, null, null, "engineer", true, "Администратор");
    }

    /**
     * Which request is meant.
     *
     * @param request to {@code /api/service-requests/<id>/…}
     * @return the id, as it stands in the address
     */
    public String request(@Header(Exchange.HTTP_SERVLET_REQUEST) HttpServletRequest request) {
        String[] address = request.getRequestURI().split("/");
        return address[address.length - 2];
    }

    /** @return the Telegram id to note; null for the admin */
    static @Nullable Long engineer(TelegramUser user) {
        return user.telegramId() == NOBODY ? null : Long.valueOf(user.telegramId());
    }
}
