package dev.amorelay.telegram;

import dev.amorelay.delivery.Effect;
import dev.amorelay.work.Claimed;
import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.LeaseLost;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * A text that is longer than a message goes in several, one after another. The effect remembers how many of them have gone, so that who
 * goes on after an interruption begins with the next.
 */
@Component("messageParts")
public class MessageParts {

    /** UTF-16 units of a message. */
    static final int LONGEST = 4096;
    /** Where the effect's payload has it: of which text how many parts are sent. */
    private static final String SENT = "sentParts";
    private static final String SPLIT_INDEX = "CamelSplitIndex";
    private static final String TEXT = "messageText";

    private final JdbcTemplate jdbc;

    /**
     * @param jdbc the relay's database
     */
    public MessageParts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is still to be sent of a text.
     *
     * @param body all of it; what is blank at its end is a template's, and nobody would see it
     * @param chat whom it is for
     * @param claimed the effect that is performed; null at a door
     * @param exchange remembers which text it is
     * @return its parts but those that have gone; at least one for a text of which nothing has
     */
    public List<String> unsent(@Body String body, @Header("CamelTelegramChatId") String chat,
                               @ExchangeProperty(FailurePolicy.CLAIMED) Collection<? extends Claimed> claimed, Exchange exchange) {
        String text = body == null ? "" : body.stripTrailing();
        List<String> parts = of(text);
        if (parts.size() == 1) {
            return parts;
        }
        String name = name(chat, text);
        int gone = only(claimed) == null || !(only(claimed).payload().get(SENT) instanceof Map<?, ?> sent)
                || !(sent.get(name) instanceof Number number) ? 0 : number.intValue();
        exchange.setProperty(TEXT, new Text(name, gone));
        return parts.subList(Math.min(gone, parts.size()), parts.size());
    }

    /** @param gone how many parts had gone before this attempt */
    private record Text(String name, int gone) {
    }

    /**
     * Notes that a part has gone; what comes next is in doubt by itself.
     *
     * @param text which one; null for a text of one part
     * @param index of the part, from 0, among those of this attempt
     * @param claimed the effect that is performed; null at a door
     * @throws LeaseLost when another worker has it by now
     */
    public void sent(@ExchangeProperty(TEXT) Object text, @ExchangeProperty(SPLIT_INDEX) int index,
                     @ExchangeProperty(FailurePolicy.CLAIMED) Collection<? extends Claimed> claimed) {
        Effect effect = only(claimed);
        if (effect == null || !(text instanceof Text which)) {
            return;
        }
        int now = jdbc.update("""
                UPDATE outbox SET in_doubt = false, repeated = false,
                       payload = jsonb_set(payload, '{sentParts}', coalesce(payload -> 'sentParts', '{}') || jsonb_build_object(?::text, ?::int))
                WHERE id = ? AND lease = ?""", which.name(), which.gone() + index + 1, effect.id(), effect.lease());
        if (now == 0) {
            throw new LeaseLost(effect);
        }
    }

    private static Effect only(Collection<? extends Claimed> claimed) {
        return claimed != null && claimed.size() == 1 && claimed.iterator().next() instanceof Effect effect ? effect : null;
    }

    private static String name(String chat, String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((chat + "\n" + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /**
     * Cuts a text at the ends of lines, else of words, else between characters.
     *
     * @param text of any length
     * @return parts of at most {@value #LONGEST} units, none of them blank; a short text as it is
     */
    static List<String> of(String text) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (rest.length() > LONGEST) {
            int end = end(rest);
            add(parts, rest.substring(0, end));
            rest = rest.substring(end);
        }
        add(parts, rest);
        return parts.isEmpty() ? List.of(text.length() > LONGEST ? "" : text) : parts;
    }

    private static void add(List<String> parts, String part) {
        if (!part.isBlank()) {
            // Telegram strips them as well
            parts.add(part.strip());
        }
    }

    private static int end(String text) {
        int line = text.lastIndexOf('\n', LONGEST - 1) + 1;
        if (line > LONGEST / 2) {
            return line;
        }
        for (int end = LONGEST; end > LONGEST / 2; end--) {
            if (Character.isWhitespace(text.charAt(end - 1))) {
                return end;
            }
        }
        int end = LONGEST;
        while (end > LONGEST / 2 && belongsTogether(text, end)) {
            end--;
        }
        return end;
    }

    /** Whether what stands before and after is one character to who reads it: half an emoji, an accent, a joined emoji. */
    private static boolean belongsTogether(String text, int at) {
        int next = text.codePointAt(at);
        int before = text.codePointBefore(at);
        boolean isHalf = Character.isLowSurrogate(text.charAt(at)) && Character.isHighSurrogate(text.charAt(at - 1));
        int kind = Character.getType(next);
        boolean isJoined = kind == Character.NON_SPACING_MARK || kind == Character.ENCLOSING_MARK || next == 0x200D || before == 0x200D
                || next >= 0x1F3FB && next <= 0x1F3FF;
        return isHalf || isJoined;
    }
}
