package dev.amorelay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the containers may do, and who reaches them. */
class ContainerFilesTest {

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services() throws IOException {
        Map<String, Object> compose = (Map<String, Object>) new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of("docker-compose.yml")));
        return (Map<String, Map<String, Object>>) compose.get("services");
    }

    @Test
    void everyPortIsThisMachinesOnly() throws IOException {
        assertThat(services().get("relay").get("ports")).asList().hasSize(2).allMatch(port -> port.toString().startsWith("127.0.0.1:"));
        assertThat(services().get("postgres")).doesNotContainKey("ports");
    }

    @Test
    void noContainerMayMoreThanItNeeds() throws IOException {
        services().forEach((name, service) -> assertThat(service).as(name).containsEntry("read_only", true).containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true")).containsKeys("mem_limit", "pids_limit", "tmpfs")
                .doesNotContainKeys("privileged", "cap_add", "network_mode"));
        assertThat(services().get("postgres")).containsEntry("user", "postgres");
    }

    @Test
    void nobodyRunsAsRoot() throws IOException {
        String file = Files.readString(Path.of("Dockerfile"));
        assertThat(file.lines().filter(line -> line.startsWith("USER "))).containsOnly("USER relay");
        assertThat(file.substring(file.lastIndexOf("\nFROM "))).contains("\nUSER relay\n");
        assertThat(Files.readString(Path.of("docker/postgres/relay.sh"))).contains("NOSUPERUSER NOCREATEDB NOCREATEROLE");
    }
}
