package dev.amorelay.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.util.FileSystemUtils;

/** Where PostgreSQL's programs are unpacked: one folder a user under the temporary directory. */
final class ServerBinaries {

    private ServerBinaries() {
    }

    /**
     * Gives the folder, cleaned of what a killed start left half unpacked.
     *
     * @return an existing folder that belongs to the user who runs the relay
     * @throws DatabaseStartFailed when it cannot be written, or belongs to somebody else, who could have put anything there
     */
    static Path folder() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "amo-relay-" + System.getProperty("user.name"));
        try {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, "owner", null);
            boolean ours = Files.getOwner(probe).equals(Files.getOwner(folder));
            Files.delete(probe);
            if (!ours) {
                throw new DatabaseStartFailed("The folder " + folder + " belongs to another user. Remove it, or choose another "
                        + "temporary directory with -Djava.io.tmpdir.");
            }
            removeHalfUnpacked(folder);
            return folder;
        } catch (IOException e) {
            throw new DatabaseStartFailed("PostgreSQL's programs cannot be unpacked to " + folder + ": " + e, e);
        }
    }

    private static void removeHalfUnpacked(Path folder) throws IOException {
        try (DirectoryStream<Path> unpacked = Files.newDirectoryStream(folder, "PG-*")) {
            for (Path one : unpacked) {
                if (!Files.exists(one.resolve(".exists")) && !isBeingUnpacked(one)) {
                    FileSystemUtils.deleteRecursively(one);
                }
            }
        }
    }

    private static boolean isBeingUnpacked(Path one) throws IOException {
        // the library's own lock file: held by whoever unpacks at this moment
        try (FileChannel channel = FileChannel.open(one.resolve("epg-lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }
}
