package dev.amorelay.service;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client has filled in.
 *
 * @param machine which machine
 * @param description what is wrong
 * @param phone to call back, as typed; null for none
 * @param phoneE164 as understood; null for none
 * @param photos Telegram's file ids, at most {@value RequestReader#MOST_PHOTOS}
 */
public record RequestForm(UUID machine, String description, @Nullable String phone, @Nullable String phoneE164, List<String> photos) {

    /** @return the machine only */
    @Override
    public String toString() {
        return "RequestForm[" + machine + "]";
    }
}
