package dev.amorelay.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.mock.env.MockEnvironment;

class PortTakenAnalyzerTest {

    private final PortTakenAnalyzer analyzer = new PortTakenAnalyzer(new MockEnvironment().withProperty("server.port", "8080")
            .withProperty("management.server.port", "8081").withProperty("sandbox.smtp-port", "3025"));

    @ParameterizedTest
    @CsvSource({"8080,the doors,SERVER_PORT", "8081,'health, metrics and Hawtio',MANAGEMENT_PORT", "3025,the sandbox's mail server,SANDBOX_SMTP_PORT"})
    void saysWhichPortAndWhichSetting(int port, String use, String setting) {
        FailureAnalysis told = analyzer.analyze(new IllegalStateException(new PortInUseException(port)));

        assertThat(told.getDescription()).isEqualTo("Port " + port + ", meant for " + use
                + ", is taken by another program, perhaps by another amo-relay.");
        assertThat(told.getAction()).contains("set " + setting + " to a free port");
    }
}
