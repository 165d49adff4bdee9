package dev.amorelay.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Where PostgreSQL's programs are unpacked and run: one folder a user under the temporary directory, which nobody else can enter. It
 * is looked at before anything in it is run: whoever could have put something there could have put a program there.
 */
final class ServerBinaries {

    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rwx------");

    private ServerBinaries() {
    }

    /**
     * Gives the folder, cleaned of what a killed start left half unpacked.
     *
     * @return an existing folder that nobody but the user who runs the relay can enter
     * @throws DatabaseStartFailed when it cannot be written, or it is open to others, or something in it belongs to somebody else
     */
    static Path folder() {
        return folder(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static Path folder(Path temporary) {
        Path folder = temporary.resolve("amo-relay-programs-" + System.getProperty("user.name"));
        try {
            Files.createDirectories(temporary);
            boolean hasBits = Files.getFileStore(temporary).supportsFileAttributeView("posix");
            if (hasBits) {
                makeOurs(folder);
            }
            // the library lets everybody write where it unpacks to: nobody else comes as far as there
            Path unpacked = Files.createDirectories(folder.resolve("unpacked"));
            if (hasBits) {
                checkAll(folder);
            }
            removeHalfUnpacked(unpacked);
            return unpacked;
        } catch (IOException e) {
            throw new DatabaseStartFailed("PostgreSQL's programs cannot be unpacked to " + folder + ": " + e, e);
        }
    }

    private static void makeOurs(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OURS_ALONE));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw refused(folder, "is no folder of its own");
            }
        }
    }

    private static void checkAll(Path folder) throws IOException {
        Path probe = Files.createTempFile("amo-relay", "owner");
        UserPrincipal us = Files.getOwner(probe);
        Files.delete(probe);
        if (!Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(OURS_ALONE)) {
            throw refused(folder, "is open to others");
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : (Iterable<Path>) all::iterator) {
                check(one, folder, us);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void check(Path path, Path folder, UserPrincipal us) throws IOException {
        try {
            PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.owner().equals(us)) {
                throw refused(path, "belongs to another user");
            }
            if (attributes.isSymbolicLink() && !path.toRealPath().startsWith(folder.toRealPath())) {
                throw refused(path, "leads out of its folder");
            }
        } catch (NoSuchFileException e) {
            // another relay of this user unpacks at this moment
        }
    }

    private static DatabaseStartFailed refused(Path path, String why) {
        return new DatabaseStartFailed("PostgreSQL's programs are not run: " + path + " " + why + ". Remove it, or choose another temporary "
                + "directory with -Djava.io.tmpdir.");
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
