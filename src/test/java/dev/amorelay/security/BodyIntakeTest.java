package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.settings.DoorSettings;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

/** What bodies cost, together and each alone. */
class BodyIntakeTest {

    private static final DataSize MEGABYTE = DataSize.ofMegabytes(1);

    /** Ten seconds have passed whenever somebody looks: nobody waits in vain for long. */
    private final AtomicLong clock = new AtomicLong();
    private final LargeBodies large = new LargeBodies(Duration.ofSeconds(1), () -> clock.addAndGet(10_000_000_000L));
    private final BodyIntake bodies = new BodyIntake(settings(8_000_000), large);

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

    /** Twelve kilobytes that unpack to a megabyte are a large body, too. */
    @Test
    void onlyOneLargeBodyIsUnpackedAtATime() throws Exception {
        byte[] text = new byte[700_000];
        new Random(2).nextBytes(text);
        Arrays.fill(text, 0, 690_000, (byte) 'a');
        assertThat(status(post(new byte[900_000]), first -> {
            assertThat(gzip(text).length).isLessThan(BodyBudget.SMALL);
            try {
                assertThat(status(packed(text))).isEqualTo(503);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        })).isEqualTo(200);
        assertThat(status(packed(text))).isEqualTo(200);
        assertThat(large.size()).isZero();
    }

    /** Whoever is told 400 does not send it again. */
    @Test
    void aBodyThatDoesNotComeIsAskedForAgain() throws Exception {
        MockHttpServletRequest slow = new MockHttpServletRequest("POST", "/ingest/leads") {
            @Override
            public ServletInputStream getInputStream() {
                return new DelegatingServletInputStream(new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the body comes too slowly");
                    }
                });
            }
        };
        slow.setContent(new byte[300]);
        assertThat(status(slow)).isEqualTo(408);
    }

    /** It has given its place to another while it came. */
    @Test
    void aBodyWithoutAPlaceIsNotReadOn() throws Exception {
        MockHttpServletRequest slow = new MockHttpServletRequest("POST", "/ingest/leads") {
            @Override
            public ServletInputStream getInputStream() {
                for (int i = 0; i <= LargeBodies.PLACES; i++) {
                    large.enter("another " + i);
                }
                return super.getInputStream();
            }
        };
        slow.setContent(new byte[900_000]);
        assertThat(status(slow)).isEqualTo(503);
        assertThat(answer(new byte[2_000])).as("a lead").isEqualTo(200);
    }

    @Test
    void whatHonestSendersSendHasRoomWhateverComes() throws Exception {
        BodyBudget budget = new BodyBudget(1_000_000);
        BodyBudget.Lease first = budget.open();
        assertThat(first.take(60_000) && first.read()).isTrue();
        BodyBudget.Lease second = budget.open();
        assertThat(second.take(60_000)).as("no room").isFalse();
        BodyBudget.Lease lead = budget.open();
        assertThat(lead.take(BodyBudget.SMALLEST) && lead.read()).isTrue();
        first.close();
        second.close();
        lead.close();
        assertThat(budget.held()).isZero();
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
