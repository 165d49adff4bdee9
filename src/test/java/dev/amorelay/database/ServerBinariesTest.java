package dev.amorelay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is run was put there by nobody else. */
class ServerBinariesTest {

    @TempDir
    private Path temporary;

    private Path outer() {
        return temporary.resolve("amo-relay-programs-" + System.getProperty("user.name"));
    }

    @Test
    void nobodyElseComesIn() throws IOException {
        Path folder = ServerBinaries.folder(temporary);
        assertThat(folder).isDirectory().startsWith(outer());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(outer()))).isEqualTo("rwx------");
        assertThat(ServerBinaries.folder(temporary)).as("at the next start").isEqualTo(folder);
    }

    @Test
    void oneThatOthersCanEnterIsNotUsed() throws IOException {
        Files.createDirectory(outer());
        Files.setPosixFilePermissions(outer(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> ServerBinaries.folder(temporary)).isInstanceOf(DatabaseStartFailed.class).hasMessageContaining("is open to others");
    }

    @Test
    void aLinkIsNoFolder() throws IOException {
        Files.createSymbolicLink(outer(), Files.createDirectory(temporary.resolve("elsewhere")));
        assertThatThrownBy(() -> ServerBinaries.folder(temporary)).isInstanceOf(DatabaseStartFailed.class).hasMessageContaining("no folder of its own");
    }

    @Test
    void noProgramLiesElsewhere() throws IOException {
        Path evil = Files.createFile(temporary.resolve("evil"));
        Path bin = Files.createDirectories(ServerBinaries.folder(temporary).resolve("PG-1/bin"));
        Files.createFile(bin.resolve("../.exists"));
        Files.createSymbolicLink(bin.resolve("postgres"), evil);
        assertThatThrownBy(() -> ServerBinaries.folder(temporary)).isInstanceOf(DatabaseStartFailed.class).hasMessageContaining("leads out of its folder");
    }
}
