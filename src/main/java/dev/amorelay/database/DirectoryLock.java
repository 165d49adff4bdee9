package dev.amorelay.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Holds a data directory for one relay; the system lets go of it when the process dies, however it dies. */
final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the directory, which is created when it is missing.
     *
     * @param directory the data directory
     * @return the lock, to be closed when the database is down
     * @throws DatabaseStartFailed when another relay holds it, or it cannot be written
     */
    static DirectoryLock take(Path directory) {
        FileChannel channel = open(directory);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null; // held in this very process
        } catch (IOException e) {
            throw closing(channel, new DatabaseStartFailed(
                    "The directory " + directory + " cannot be locked: " + e.getMessage(), e));
        }
        if (lock == null) {
            throw closing(channel, new DatabaseStartFailed("Another amo-relay uses the directory " + directory
                    + ". Stop it, or give this one a directory of its own with RELAY_DATA_DIR."));
        }
        return new DirectoryLock(channel);
    }

    private static FileChannel open(Path directory) {
        try {
            Files.createDirectories(directory);
            return FileChannel.open(directory.resolve("relay.lock"),
                    StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new DatabaseStartFailed("The directory " + directory
                    + " cannot be written (RELAY_DATA_DIR): " + e, e);
        }
    }

    private static DatabaseStartFailed closing(FileChannel channel, DatabaseStartFailed failure) {
        try {
            channel.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
