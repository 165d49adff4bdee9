package dev.amorelay.security;

import dev.amorelay.doors.BufferedRequest;
import dev.amorelay.settings.DoorSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Takes in the bodies of requests, within the limit of their door and the memory that all have together. A gzipped body is counted
 * as it is unpacked. What does not fit is answered here: 413 what is too long for its door, 503 what there is no room for now.
 */
@Component
class BodyIntake {

    /** Said of a request whose body is counted already. */
    private static final String COUNTED = BodyIntake.class.getName();
    private static final int PIECE = 16 * 1024;
    /** JSON and forms shrink to a tenth; zeros shrink to a thousandth. */
    private static final int MOST_UNPACKED = 100;

    private final BodyBudget budget;
    /** For the stand-ins of the sandbox: the relay itself calls them. */
    private final BodyBudget ownUse = new BodyBudget(Long.MAX_VALUE);

    /**
     * @param settings with the memory for all bodies
     */
    BodyIntake(DoorSettings settings) {
        this.budget = new BodyBudget(settings.bytesForBodies());
        Gauge.builder("relay.bodies.held", budget, BodyBudget::held).baseUnit("bytes").register(Metrics.globalRegistry);
    }

    /** What becomes of a body of several parts. */
    enum Parts {
        /** Nothing of its own: it is read as it came. */
        WHOLE,
        /** The server puts them into files, and their door reads them all. */
        READ,
        /** The same, but their door reads short ones only. */
        FILES
    }

    /** What is done with a request once its body is here. */
    @FunctionalInterface
    interface Next {

        /**
         * @param request the body of which is here, or can be read in parts
         */
        void go(HttpServletRequest request) throws IOException, ServletException;
    }

    /** A body that is not taken. */
    private static final class NotTaken extends IOException {

        private final transient Refusal why;

        NotTaken(Refusal why) {
            super(why.name());
            this.why = why;
        }
    }

    /**
     * Takes a request's body in and goes on, or answers.
     *
     * @param request as it came
     * @param response for a refusal
     * @param limit of the door
     * @param parts what becomes of a multipart body
     * @param next goes on; what the body holds is free when it has returned
     */
    void take(HttpServletRequest request, HttpServletResponse response, DataSize limit, Parts parts, Next next)
            throws IOException, ServletException {
        long told = request.getContentLengthLong();
        if (told > limit.toBytes()) {
            Refusal.TOO_LONG.answer(response, limit);
        } else if (told == 0 || told < 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null || request.getAttribute(COUNTED) != null) {
            next.go(request);
        } else {
            request.setAttribute(COUNTED, true);
            try (BodyBudget.Lease lease = (request.getRequestURI().startsWith("/sandbox/") ? ownUse : budget).open()) {
                HttpServletRequest taken;
                try {
                    taken = parts != Parts.WHOLE && isMultipart(request) ? inParts(request, limit, parts, lease) : whole(request, limit, lease);
                } catch (NotTaken refused) {
                    refused.why.answer(response, limit);
                    return;
                }
                next.go(taken);
            }
        }
    }

    private static HttpServletRequest inParts(HttpServletRequest request, DataSize limit, Parts parts, BodyBudget.Lease lease) throws NotTaken {
        long told = request.getContentLengthLong();
        long length = told < 0 ? limit.toBytes() : told;
        if (!lease.take(parts == Parts.FILES ? Math.min(length, BodyBudget.SMALL) : length) || !lease.read()) {
            throw new NotTaken(Refusal.NO_ROOM);
        }
        return told < 0 ? new CountedParts(request, limit) : request;
    }

    private static HttpServletRequest whole(HttpServletRequest request, DataSize limit, BodyBudget.Lease lease) throws IOException {
        byte[] body = bytes(request.getInputStream(), limit, Long.MAX_VALUE, lease);
        if (isPacked(request)) {
            body = unpacked(body, limit, lease);
        }
        if (!lease.read()) {
            throw new NotTaken(Refusal.NO_ROOM);
        }
        return new BufferedRequest(request, body);
    }

    /** Memory is asked for as bytes come, not as they are promised. */
    private static byte[] bytes(InputStream in, DataSize limit, long ratioLimit, BodyBudget.Lease lease) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream(1024);
        byte[] piece = new byte[PIECE];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            if (all.size() + read > limit.toBytes()) {
                throw new NotTaken(Refusal.TOO_LONG);
            }
            if (all.size() + read > ratioLimit) {
                throw new NotTaken(Refusal.PACKED);
            }
            if (!lease.take(read)) {
                throw new NotTaken(Refusal.NO_ROOM);
            }
            all.write(piece, 0, read);
        }
        return all.toByteArray();
    }

    /** What is no gzip stays as it came. */
    private static byte[] unpacked(byte[] body, DataSize limit, BodyBudget.Lease lease) throws NotTaken {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return bytes(gzip, limit, Math.max(BodyBudget.SMALL, (long) body.length * MOST_UNPACKED), lease);
        } catch (NotTaken refused) {
            throw refused;
        } catch (IOException e) {
            return body;
        }
    }

    private static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    /** Left to the doors it would be unpacked without a limit: 8 MB of gzip are 8 GB of zeros. */
    private static boolean isPacked(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && encoding.toLowerCase(Locale.ROOT).contains("gzip");
    }
}
