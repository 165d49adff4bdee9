package dev.amorelay.workshop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who besides its owner can write a folder of flows: whoever can, can make the relay do what its flows may do. By the bits of the file
 * system; where it has none (Windows), nothing is told.
 */
final class OpenFolder {

    private static final int STICKY = 0x200;
    /** Disks of Windows and of cameras, which show the same bits for every file. */
    private static final Set<String> WITHOUT_BITS = Set.of("9p", "v9fs", "drvfs", "vfat", "exfat", "ntfs", "ntfs3", "fuseblk");

    private OpenFolder() {
    }

    /**
     * Looks at the folder, all below it, what links lead to, and the folders above it, in which it could be exchanged as a whole.
     *
     * @return what is open to whom, and what to do about it; empty when nothing is
     */
    static Optional<String> found(Path folder) {
        try {
            Path real = folder.toRealPath();
            FileStore store = Files.getFileStore(real);
            if (!store.supportsFileAttributeView("posix") || WITHOUT_BITS.contains(store.type())) {
                return Optional.empty();
            }
            for (Path above = real.getParent(); above != null; above = above.getParent()) {
                Optional<String> open = open(above);
                if (open.isPresent() && ((int) Files.getAttribute(above, "unix:mode") & STICKY) == 0) {
                    return open;
                }
            }
            try (Stream<Path> all = Files.walk(real, FileVisitOption.FOLLOW_LINKS)) {
                for (Path path : (Iterable<Path>) all::iterator) {
                    Optional<String> open = looksLikeFlows(path) ? open(path.toRealPath()) : Optional.empty();
                    if (open.isPresent()) {
                        return open;
                    }
                }
            }
            return Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            return Optional.of("or at least nobody can tell: " + folder + " cannot be looked at: " + e.getMessage());
        }
    }

    private static boolean looksLikeFlows(Path path) {
        return Files.isDirectory(path) || path.toString().endsWith(".yaml") || path.toString().endsWith(".yml") || path.toString().endsWith(".ftl");
    }

    /** A group of the owner's own name has nobody else in it, as most systems make it. */
    private static Optional<String> open(Path path) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
        Set<PosixFilePermission> bits = attributes.permissions();
        boolean group = bits.contains(PosixFilePermission.GROUP_WRITE)
                && !List.of(attributes.owner().getName(), "root", "0").contains(attributes.group().getName());
        if (bits.contains(PosixFilePermission.OTHERS_WRITE)) {
            return Optional.of(path + " by everybody: chmod -R o-w " + path);
        }
        return group ? Optional.of(path + " by the group " + attributes.group().getName() + ": chmod -R g-w " + path) : Optional.empty();
    }
}
