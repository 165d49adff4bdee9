package dev.amorelay.doors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorHeadersTest {

    private final DoorHeaders headers = new DoorHeaders();

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "content-type", "Idempotency-Key", "IDEMPOTENCY-KEY", "account"})
    void comeIn(String name) {
        assertThat(headers.applyFilterToExternalHeaders(name, "x", null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CamelHttpUri", "camelhttpuri", "CamelBeanMethodName", "mail.smtp.host", "to", "subject", "Authorization",
        "Cookie", "leads[status][0][id]", "X-Forwarded-For", "org.apache.camel.x", "Content-Type ", ""})
    void stayOutside(String name) {
        assertThat(headers.applyFilterToExternalHeaders(name, "x", null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "Retry-After", "location", "Cache-Control", "Content-Security-Policy"})
    void goOut(String name) {
        assertThat(headers.applyFilterToCamelHeaders(name, "x", null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency-Key", "Authorization", "Set-Cookie", "CamelHttpPath", "breadcrumbId", "leads[add][0][id]"})
    void areNotTold(String name) {
        assertThat(headers.applyFilterToCamelHeaders(name, "x", null)).isTrue();
    }
}
