package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Another program has a port of ours: the start says which, and which setting chooses another. */
@ExtendWith(OutputCaptureExtension.class)
class PortClashIT {

    @ParameterizedTest
    @CsvSource({"server.port,SERVER_PORT", "management.server.port,MANAGEMENT_PORT", "sandbox.smtp-port,SANDBOX_SMTP_PORT"})
    void isToldInOneParagraph(String property, String setting, CapturedOutput log) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> StartedRelay.first("1000/1s", Map.of(property, String.valueOf(port))).close()).isInstanceOf(Exception.class);

            assertThat(log.getAll()).contains("Port " + port + ", meant for").contains("set " + setting + " to a free port");
        }
    }
}
