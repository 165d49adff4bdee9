package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.settings.DoorSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

/** What bodies cost, together and each alone. */
class BodyIntakeTest {

    private static final DataSize MEGABYTE = DataSize.ofMegabytes(1);

    private final BodyIntake bodies = new BodyIntake(settings(8_000_000));

    static DoorSettings settings(long memory) {
        return new DoorSettings(1, 1, DataSize.ofBytes(memory), Duration.ZERO, Duration.ZERO, DataSize.ofBytes(1), Duration.ZERO);
    }

    private static MockHttpServletRequest post(byte[] body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/ingest/leads");
        request.setContent(body);
        return request;
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        }
        return packed.toByteArray();
    }

    private static MockHttpServletRequest packed(byte[] body) throws IOException {
        MockHttpServletRequest request = post(gzip(body));
        request.addHeader("Content-Encoding", "gzip");
        return request;
    }

    private int status(HttpServletRequest request, BodyIntake.Next next) throws Exception {
        MockHttpServletResponse answer = new MockHttpServletResponse();
        bodies.take(request, answer, MEGABYTE, BodyIntake.Parts.READ, next);
        return answer.getStatus();
    }

    private int status(HttpServletRequest request) throws Exception {
        return status(request, taken -> { });
    }

    @Test
    void zerosThatUnpackToAThousandfoldAreRefusedWithinTheLimit() throws Exception {
        assertThat(status(packed(new byte[900_000]))).isEqualTo(413);
        assertThat(status(packed(new byte[60_000]))).as("a short one harms nobody").isEqualTo(200);
        assertThat(status(packed("{\"name\":\"Анна\",\"message\":\"Нужен станок\"},".repeat(3000).getBytes()))).isEqualTo(413);
    }

    @Test
    void whatIsPackedAsTextsAreIsTaken() throws Exception {
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        AtomicReference<byte[]> taken = new AtomicReference<>();
        assertThat(status(packed(noise), request -> taken.set(request.getInputStream().readAllBytes()))).isEqualTo(200);
        assertThat(taken.get()).isEqualTo(noise);
    }

    /** Twelve kilobytes of gzip, twelve times at once, took the relay out of memory. */
    @Test
    void largeOnesThatFindNoRoomAreRefusedAtOnceAndSmallOnesAreNot() throws Exception {
        assertThat(status(post(new byte[900_000]), first -> {
            assertThat(answer(new byte[900_000])).as("beside another").isEqualTo(503);
            assertThat(answer(new byte[2_000])).as("a lead").isEqualTo(200);
        })).as("alone").isEqualTo(200);
        assertThat(answer(new byte[900_000])).as("when the first is through").isEqualTo(200);
    }

    private int answer(byte[] body) {
        try {
            return status(post(body));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFailureBehindTheDoorGivesTheRoomBack() throws Exception {
        for (int i = 0; i < 3; i++) {
            try {
                status(post(new byte[900_000]), request -> {
                    throw new IOException("the caller is gone");
                });
            } catch (IOException expected) {
                assertThat(expected).hasMessage("the caller is gone");
            }
        }
        assertThat(answer(new byte[900_000])).isEqualTo(200);
    }

    @Test
    void aLengthThatIsOnlyPromisedCostsNothing() throws Exception {
        MockHttpServletRequest promise = new MockHttpServletRequest("POST", "/ingest/leads") {
            @Override
            public long getContentLengthLong() {
                return 1_000_000;
            }
        };
        promise.setContent(new byte[10]);
        assertThat(status(promise, request -> assertThat(answer(new byte[900_000])).isEqualTo(200))).isEqualTo(200);
    }

    @Test
    void tooLongIsTooLongWhetherToldOrNot() throws Exception {
        assertThat(answer(new byte[1_048_577])).isEqualTo(413);
        MockHttpServletRequest untold = new MockHttpServletRequest("POST", "/ingest/leads") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        untold.setContent(new byte[1_048_577]);
        untold.addHeader("Transfer-Encoding", "chunked");
        assertThat(status(untold)).isEqualTo(413);
    }

    @Test
    void theSandboxsStandInsHaveNoPartInIt() throws Exception {
        assertThat(status(post(new byte[900_000]), first -> {
            MockHttpServletRequest own = post(new byte[900_000]);
            own.setRequestURI("/sandbox/telegram/bot1/sendPhoto");
            try {
                assertThat(status(own)).isEqualTo(200);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        })).isEqualTo(200);
    }

    /** The server keeps parts in files, but the leads' door reads them all. */
    @Test
    void aFormInPartsHasItsShareToo() throws Exception {
        MockHttpServletRequest form = post(new byte[900_000]);
        form.setContentType("multipart/form-data; boundary=x");
        assertThat(status(form, first -> assertThat(answer(new byte[900_000])).isEqualTo(503))).isEqualTo(200);
        assertThat(answer(new byte[900_000])).isEqualTo(200);
    }
}
