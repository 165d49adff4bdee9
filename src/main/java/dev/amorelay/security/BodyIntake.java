package dev.amorelay.security;

import dev.amorelay.doors.BufferedRequest;
import dev.amorelay.doors.RawFormFilter;
import dev.amorelay.settings.DoorSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Takes in the bodies of requests, within the limit of their door and the memory that all have together. A gzipped body is counted
 * as it is unpacked; a large one waits for its turn before it is unpacked further than a small one is, or read. What does not fit is
 * answered here: 413 what is too long for its door, 503 what there is no room for now.
 */
@Component
class BodyIntake implements MeterBinder {

    /** Said of a request whose body is counted already. */
    private static final String COUNTED = BodyIntake.class.getName();
    /** Bytes that a body of unknown length has room for at first. */
    private static final int FIRST = 1024;
    /** JSON and forms shrink to a tenth; zeros shrink to a thousandth. */
    private static final int MOST_UNPACKED = 100;
    /** With what storing it takes, hardly more than the doors promise for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final BodyBudget budget;
    /** For the stand-ins of the sandbox: the relay itself calls them. */
    private final BodyBudget ownUse = new BodyBudget(Long.MAX_VALUE);
    private final LargeBodies large;

    /**
     * @param settings with the memory for all bodies
     */
    @Autowired
    BodyIntake(DoorSettings settings) {
        this(settings, new LargeBodies(PATIENCE));
    }

    BodyIntake(DoorSettings settings, LargeBodies large) {
        this.budget = new BodyBudget(settings.bytesForBodies());
        this.large = large;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("relay.bodies.held", budget, BodyBudget::held).description("What all bodies under way take")
                .baseUnit("bytes").register(registry);
        Gauge.builder("relay.bodies.large", large, LargeBodies::size).description("Large bodies that arrive, wait for their turn or are read")
                .register(registry);
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
            boolean own = request.getRequestURI().startsWith("/sandbox/");
            try (Intake intake = new Intake((own ? ownUse : budget).open(), own ? null : ClientNetwork.of(request.getRemoteAddr()))) {
                HttpServletRequest taken;
                try {
                    intake.promised(parts == Parts.FILES ? 0 : told);
                    taken = isTakenApart(request, parts) ? inParts(request, limit, parts, intake) : whole(request, limit, intake);
                } catch (NotTaken refused) {
                    refused.why.answer(response, limit);
                    return;
                }
                next.go(taken);
            }
        }
    }

    /** What one body takes: memory, and its place among the large ones once it is one. */
    private final class Intake implements AutoCloseable {

        private final BodyBudget.Lease lease;
        /** Whose it is; null for the relay's own. */
        private final String network;
        private LargeBodies.Place place;
        private boolean hasTurn;
        private long bytes;

        Intake(BodyBudget.Lease lease, String network) {
            this.lease = lease;
            this.network = network;
        }

        /** One that will be large and has no place is refused before it comes. */
        void promised(long length) throws NotTaken {
            if (length > BodyBudget.SMALL && place == null && network != null) {
                place = large.enter(network);
                expect(place != null);
            }
        }

        void take(long more) throws NotTaken {
            bytes += more;
            promised(bytes);
            expect((place == null || place.isHeld()) && lease.take(more));
        }

        /** It is here; what comes now costs memory and processor time. */
        void read() throws NotTaken {
            turn();
            expect(lease.read());
        }

        /** Waits, if it is large. */
        void turn() throws NotTaken {
            if (bytes > BodyBudget.SMALL && place != null && !hasTurn) {
                expect(place.await());
                hasTurn = true;
            }
        }

        private void expect(boolean fits) throws NotTaken {
            if (!fits) {
                throw new NotTaken(Refusal.NO_ROOM);
            }
        }

        @Override
        public void close() {
            if (place != null) {
                place.close();
            }
            lease.close();
        }
    }

    private static HttpServletRequest inParts(HttpServletRequest request, DataSize limit, Parts parts, Intake intake)
            throws IOException, ServletException {
        long told = request.getContentLengthLong();
        long length = told < 0 ? limit.toBytes() : told;
        HttpServletRequest counted = told < 0 ? new CountedParts(request, limit) : request;
        intake.take(parts == Parts.FILES ? Math.min(length, BodyBudget.SMALL) : length);
        if (parts == Parts.READ && length > BodyBudget.SMALL) {
            RawFormFilter.takeApart(request);
        }
        intake.read();
        return counted;
    }

    private static HttpServletRequest whole(HttpServletRequest request, DataSize limit, Intake intake) throws IOException {
        byte[] body = arrived(request, limit, intake);
        if (isPacked(request)) {
            body = unpacked(body, limit, intake);
        }
        intake.read();
        return new BufferedRequest(request, body);
    }

    /** Who has gone away does not hear the answer; who was too slow is to send it again. */
    private static byte[] arrived(HttpServletRequest request, DataSize limit, Intake intake) throws NotTaken {
        try {
            return bytes(request.getInputStream(), request.getContentLengthLong(), limit, Long.MAX_VALUE, intake, false);
        } catch (NotTaken refused) {
            throw refused;
        } catch (IOException e) {
            throw new NotTaken(Refusal.TOO_SLOW);
        }
    }

    /** Memory is asked for as bytes come, not as they are promised; of a large body's, which has its place, all of it at once. */
    private static byte[] bytes(InputStream in, long told, DataSize limit, long ratioLimit, Intake intake, boolean here) throws IOException {
        byte[] all = new byte[told < 0 || told > BodyBudget.SMALLEST ? FIRST : (int) told];
        int size = 0;
        while (true) {
            int next = size < all.length ? -1 : in.read();
            if (size == all.length) {
                if (next < 0) {
                    return all;
                }
                all = Arrays.copyOf(all, roomier(size, told, limit));
                all[size] = (byte) next;
            }
            int read = next < 0 ? in.read(all, size, all.length - size) : 1;
            if (read < 0) {
                return Arrays.copyOf(all, size);
            }
            size += read;
            if (size > limit.toBytes()) {
                throw new NotTaken(Refusal.TOO_LONG);
            }
            if (size > ratioLimit) {
                throw new NotTaken(Refusal.PACKED);
            }
            intake.take(read);
            if (here) {
                intake.turn();
            }
        }
    }

    private static int roomier(int size, long told, DataSize limit) {
        long most = told > size ? told : limit.toBytes() + 1;
        return (int) Math.max(size + 1L, told > size && size >= BodyBudget.SMALL ? told : Math.min(most, 2L * Math.max(size, FIRST)));
    }

    /** What is no gzip stays as it came. */
    private static byte[] unpacked(byte[] body, DataSize limit, Intake intake) throws NotTaken {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body), FIRST)) {
            return bytes(gzip, -1, limit, Math.max(BodyBudget.SMALL, (long) body.length * MOST_UNPACKED), intake, true);
        } catch (NotTaken refused) {
            throw refused;
        } catch (IOException e) {
            return body;
        }
    }

    /** One that does not say where its parts begin is read as it came by a door that reads all of it. */
    private static boolean isTakenApart(HttpServletRequest request, Parts parts) {
        String type = request.getContentType();
        return switch (parts) {
            case WHOLE -> false;
            case READ -> RawFormFilter.isInParts(type);
            case FILES -> type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
        };
    }

    /** Left to the doors it would be unpacked without a limit: 2 MB of gzip are 2 GB of zeros. */
    private static boolean isPacked(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && encoding.toLowerCase(Locale.ROOT).contains("gzip");
    }
}
