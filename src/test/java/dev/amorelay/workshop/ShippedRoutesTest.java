package dev.amorelay.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.AmoRelayApplication;
import dev.amorelay.LogLevelKept;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The routes that are shipped, checked against the application's own beans and settings. */
@ExtendWith(LogLevelKept.class)
class ShippedRoutesTest {

    @Test
    void nothingIsWrongWithThem() {
        Surroundings surroundings = DefinedBeans.of(AmoRelayApplication.class);
        Edition edition = Edition.of(Path.of("routes"));

        assertThat(new RoutesCheck(surroundings).check(edition)).isEmpty();
        assertThat(RoutesCheck.wishes(edition)).isEmpty();
        assertThat(edition.texts()).containsKeys("lead-ingest.camel.yaml", "errors/doors.camel.yaml", "kamelets/mail-send.kamelet.yaml");
        assertThat(surroundings.beanType("leadDoor")).isPresent();
        assertThat(surroundings.property("relay.mail.orders-to")).isPresent();
        // a flow that calls one of the sandbox's would fail in production
        assertThat(surroundings.beans()).contains("sandboxSchema");
        assertThat(surroundings.beanType("sandboxSchema")).isEmpty();
    }
}
