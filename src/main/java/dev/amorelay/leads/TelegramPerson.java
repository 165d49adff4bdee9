package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The person in Telegram that a lead names. Its callers send the id under four names.
 *
 * @param id positive; null when absent or unreadable
 * @param username without {@code @}; null when absent
 * @param fullName first and last name; null when absent
 * @param unreadable what stood where an id belongs; null when nothing or when an id was found
 */
record TelegramPerson(@Nullable Long id, @Nullable String username, @Nullable String fullName, @Nullable String unreadable) {

    static final List<String> KEYS = List.of("tg_user_id", "telegram_id", "telegram_user_id", "telegram_user");

    private static final Pattern ADDRESS = Pattern.compile("^(?:@|(?:https?://)?(?:t|telegram)\\.me/)", Pattern.CASE_INSENSITIVE);
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{2,31}");

    static TelegramPerson of(JsonNode meta) {
        JsonNode user = meta.path("telegram_user");
        JsonNode person = JsonBody.inside(user).<JsonNode>map(object -> object).orElse(user);
        JsonNode userId = person.isValueNode() ? person : person.path("id");
        List<String> texts = new ArrayList<>();
        Stream.concat(KEYS.stream().limit(3).map(meta::path), Stream.of(userId))
                .map(NodeText::of).filter(Objects::nonNull).forEach(texts::add);
        Long id = texts.stream().map(TelegramPerson::id).filter(Objects::nonNull).findFirst().orElse(null);
        String username = Stream.of(person.path("username"), meta.path("telegram_username"))
                .map(NodeText::of).filter(Objects::nonNull).map(text -> ADDRESS.matcher(Lines.one(text)).replaceFirst(""))
                .filter(text -> USERNAME.matcher(text).matches()).findFirst().orElse(null);
        String fullName = Stream.of("first_name", "last_name").map(person::path).map(NodeText::of)
                .filter(Objects::nonNull).map(Lines::one).collect(Collectors.joining(" "));
        return new TelegramPerson(id, username, fullName.isEmpty() ? null : fullName,
                id == null && !texts.isEmpty() ? texts.get(0) : null);
    }

    private static Long id(String text) {
        String digits = text.strip();
        if (!digits.matches("\\d{1,18}") || Long.parseLong(digits) == 0) {
            return null;
        }
        return Long.parseLong(digits);
    }
}
