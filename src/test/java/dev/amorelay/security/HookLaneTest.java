package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.amorelay.doors.DoorDispatch;
import dev.amorelay.doors.DoorKey;
import dev.amorelay.settings.WebhookSettings;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.UriUtils;

/** What goes the short way to the doors, and what has to pass the filters. */
class HookLaneTest {

    private final DoorDispatch doors = mock(DoorDispatch.class);
    private final ApplicationAvailability availability = mock(ApplicationAvailability.class);
    private final MockHttpServletRequest hook = hook("/webhook/amocrm");
    private final MockHttpServletResponse answer = new MockHttpServletResponse();
    private DoorKey key = address -> true;

    @BeforeEach
    void doorsAreOpen() {
        when(doors.serve(any(), any())).thenReturn(true);
        when(availability.getReadinessState()).thenReturn(ReadinessState.ACCEPTING_TRAFFIC);
    }

    private static MockHttpServletRequest hook(String address) {
        MockHttpServletRequest hook = new MockHttpServletRequest("POST", address);
        hook.setContent(new byte[100]);
        hook.setRemoteAddr("203.0.113.7");
        return hook;
    }

    private boolean goesTheLongWay(MockHttpServletRequest request, String... allowed) throws Exception {
        MockFilterChain filters = new MockFilterChain();
        WebhookSettings settings = new WebhookSettings(DataSize.ofBytes(100), List.of(allowed));
        new HookLane(doors, new HookSenders(settings), key, new BodyIntake(BodyIntakeTest.settings(1_000_000)), availability, settings)
                .doFilter(request, answer, filters);
        return filters.getRequest() != null;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhook/amocrm", "/webhook/amocrm/key", "/amocrm", "/amocrm/key", "/amocrm/process-webhook", "/api/amocrm/webhook"})
    void aPlainHookIsServedAtOnce(String address) throws Exception {
        assertThat(goesTheLongWay(hook(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/webhooks", "/amocrmx", "/api/admin/replay", "/ingest/leads", "/console", "/sandbox/api/limits", "/actuator/health"})
    void otherAddressesGoTheLongWay(String address) throws Exception {
        assertThat(goesTheLongWay(hook(address))).isTrue();
        verify(doors, never()).serve(any(), any());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "TRACE"})
    void otherMethodsGoTheLongWay(String method) throws Exception {
        hook.setMethod(method);
        assertThat(goesTheLongWay(hook)).isTrue();
    }

    @Test
    void whatIsTooLongOrPackedGoesTheLongWay() throws Exception {
        hook.setContent(new byte[101]);
        assertThat(goesTheLongWay(hook)).isTrue();

        MockHttpServletRequest packed = hook("/webhook/amocrm");
        packed.addHeader("Content-Encoding", "gzip");
        assertThat(goesTheLongWay(packed)).isTrue();

        MockHttpServletRequest chunked = new MockHttpServletRequest("POST", "/webhook/amocrm");
        chunked.addHeader("Transfer-Encoding", "chunked");
        assertThat(goesTheLongWay(chunked)).isTrue();
        verify(doors, never()).serve(any(), any());
    }

    @Test
    void onlyAllowedAddressesAreServed() throws Exception {
        assertThat(goesTheLongWay(hook, "198.51.100.0/24")).isTrue();
        verify(doors, never()).serve(any(), any());
        assertThat(goesTheLongWay(hook, "198.51.100.0/24", "203.0.113.7")).isFalse();
    }

    @Test
    void beforeTheRoutesAreUpItGoesTheLongWay() throws Exception {
        when(availability.getReadinessState()).thenReturn(ReadinessState.REFUSING_TRAFFIC);
        assertThat(goesTheLongWay(hook)).isTrue();
        verify(doors, never()).serve(any(), any());
    }

    @Test
    void whereNoDoorIsOpenItGoesTheLongWay() throws Exception {
        when(doors.serve(any(), any())).thenReturn(false);
        assertThat(goesTheLongWay(hook)).isTrue();
    }

    /** In whatever way it is sent: at once, in chunks, packed, to an escaped address. */
    @ParameterizedTest
    @CsvSource({"/webhook/amocrm/guess,", "/webhook/amocrm,", "/amocrm/guess,Content-Encoding", "/api/amocrm/webhook/guess,Transfer-Encoding",
            "/webhook/%61mocrm/guess,"})
    void withAWrongKeyNothingIsRead(String address, String header) throws Exception {
        key = told -> told.endsWith("/right");
        MockHttpServletRequest guess = new MockHttpServletRequest("POST", address) {
            @Override
            public ServletInputStream getInputStream() {
                throw new AssertionError("a stranger's body is read");
            }
        };
        guess.setServletPath(UriUtils.decode(address, StandardCharsets.UTF_8));
        if (header != null) {
            guess.addHeader(header, header.startsWith("C") ? "gzip" : "chunked");
        }
        assertThat(goesTheLongWay(guess)).isFalse();
        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat(answer.getContentAsByteArray()).isEmpty();
        verify(doors, never()).serve(any(), any());
        assertThat(goesTheLongWay(hook("/webhook/amocrm/right"))).isFalse();
        verify(doors).serve(any(), any());
    }

    @Test
    void theBodyIsHereWhenTheDoorIsAskedAndReadAgainOnTheLongWay() throws Exception {
        when(doors.serve(any(), any())).thenAnswer(call -> {
            assertThat(call.getArgument(0, HttpServletRequest.class).getInputStream().available()).isEqualTo(100);
            return false;
        });
        assertThat(goesTheLongWay(hook)).isTrue();
    }
}
