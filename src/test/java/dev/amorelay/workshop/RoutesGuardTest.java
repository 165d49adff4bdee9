package dev.amorelay.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amorelay.settings.InvalidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

/** A start looks at what Camel is about to load, and at who may have written it. */
class RoutesGuardTest {

    private final MockEnvironment environment = new MockEnvironment();

    @TempDir
    private Path parent;
    private Path folder;

    @BeforeEach
    void aFolder() throws IOException {
        folder = Files.createDirectory(parent.resolve("routes"));
        may(folder, "rwxr-xr-x");
        write("a.camel.yaml", "log:x");
    }

    private void write(String name, String uri) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "- route:\n    id: a.b.c\n    from:\n      uri: direct:x\n      steps:\n        - to:\n            uri: " + uri + "\n");
        may(file, "rw-r--r--");
    }

    private static void may(Path path, String bits) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(bits));
    }

    @Test
    void whatIsOnTheListIsLoaded() {
        assertThat(RoutesGuard.problems(folder, environment)).isEmpty();
    }

    @Test
    void whatReachesFurtherIsNotLoadedEvenHidden() throws IOException {
        write(".hidden/b.camel.yaml", "exec:rm");
        assertThat(RoutesGuard.problems(folder, environment)).singleElement().asString().contains(".hidden/b.camel.yaml:7:18: component exec is not among");
        environment.setProperty("relay.routes.components", "exec");
        assertThat(RoutesGuard.problems(folder, environment)).isEmpty();
    }

    @Test
    void theRoutesOfTheJarAreLookedAtToo() throws IOException {
        environment.setProperty("relay.routes.pattern", "classpath:routes/health.camel.yaml,classpath:routes/errors/work.camel.yaml");
        environment.setProperty("relay.routes.kamelets", "classpath:routes/kamelets");
        assertThat(RoutesGuard.ofTheJar(environment)).isEmpty();
        write("errors/b.camel.yaml", "exec:rm");
        write("kamelets/c.kamelet.yaml", "exec:rm");
        environment.setProperty("relay.routes.pattern", "file:" + folder + "/a.camel.yaml,file:" + folder + "/errors/b.camel.yaml");
        environment.setProperty("relay.routes.kamelets", "file:" + folder + "/kamelets");
        assertThat(RoutesGuard.ofTheJar(environment)).anyMatch(told -> told.contains("errors/b.camel.yaml:7:18: component exec is not among"))
                .anyMatch(told -> told.contains("kamelets/c.kamelet.yaml")).noneMatch(told -> told.contains("a.camel.yaml:"));
    }

    @Test
    void aStartFromTheJarIsStopped() throws IOException {
        write("b.camel.yaml", "exec:rm");
        GenericApplicationContext context = new GenericApplicationContext();
        environment.setProperty("relay.routes.pattern", "file:" + folder + "/b.camel.yaml");
        context.setEnvironment(environment);
        assertThatThrownBy(() -> new RoutesGuard().initialize(context)).isInstanceOf(InvalidSettings.class);
    }

    @Test
    void aFileThatNobodyCanReadIsNotLoaded() throws IOException {
        Files.writeString(folder.resolve("b.camel.yaml"), "route: {from: {uri: 'exec:rm'}}\n");
        assertThat(RoutesGuard.problems(folder, environment)).isNotEmpty();
    }

    @Test
    void aLiveFolderThatOthersCanWriteIsRefused() throws IOException {
        environment.setProperty("relay.routes.live", "true");
        assertThat(RoutesGuard.problems(folder, environment)).isEmpty();
        may(folder.resolve("a.camel.yaml"), "rw-r--rw-");
        assertThat(RoutesGuard.problems(folder, environment)).singleElement().asString().contains("a.camel.yaml by everybody");
        may(folder.resolve("a.camel.yaml"), "rw-r--r--");
        may(folder, "rwxr-xrwx");
        assertThat(RoutesGuard.problems(folder, environment)).singleElement().asString().contains("by everybody: chmod");
        may(folder, "rwxr-xr-x");
        may(parent, "rwxrwxrwx");
        assertThat(RoutesGuard.problems(folder, environment)).as("it could be exchanged as a whole").hasSize(1);
        environment.setProperty("relay.routes.live", "false");
        assertThat(RoutesGuard.problems(folder, environment)).isEmpty();
    }

    @Test
    void aLinkLeadsToWhatItLeadsTo() throws IOException {
        environment.setProperty("relay.routes.live", "true");
        Path elsewhere = Files.writeString(parent.resolve("elsewhere.camel.yaml"), Files.readString(folder.resolve("a.camel.yaml")));
        may(elsewhere, "rw-rw-rw-");
        Files.createSymbolicLink(folder.resolve("b.camel.yaml"), elsewhere);
        assertThat(RoutesGuard.problems(folder, environment)).singleElement().asString().contains("elsewhere.camel.yaml by everybody");
    }
}
