package dev.amorelay.service;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** What a file is, by its first bytes. */
final class PhotoType {

    private static final int WEBP_AT = 8;

    private PhotoType() {
    }

    /** @return {@code jpg}, {@code png} or {@code webp}; empty for anything else */
    static Optional<String> of(byte[] file) {
        if (startsWith(file, 0, HexFormat.of().parseHex("ffd8ff"))) {
            return Optional.of("jpg");
        }
        if (startsWith(file, 0, HexFormat.of().parseHex("89504e470d0a1a0a"))) {
            return Optional.of("png");
        }
        boolean webp = startsWith(file, 0, "RIFF".getBytes(StandardCharsets.US_ASCII))
                && startsWith(file, WEBP_AT, "WEBP".getBytes(StandardCharsets.US_ASCII));
        return webp ? Optional.of("webp") : Optional.empty();
    }

    private static boolean startsWith(byte[] file, int at, byte[] start) {
        return file.length >= at + start.length && Arrays.equals(file, at, at + start.length, start, 0, start.length);
    }
}
