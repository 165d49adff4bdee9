package dev.amorelay.phone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the phone numbers in a text that was typed where a phone belongs. Digits that are called something else (a taxpayer's
 * number, an account, an order), or are a part of a longer row of digits, are none: by a number that only looks like a phone, a
 * stranger would be found.
 */
final class PhoneText {

    private static final int LONGEST = 250;
    private static final int MOST_DIGITS = 17;
    private static final int LONGEST_EXTENSION = 6;
    private static final int BARE_DIGITS = 10;

    private static final Pattern GROUP = Pattern.compile("(?<plus>[+\uff0b][\\p{Z}\\s\\p{Cf}(]*)?(?<digits>\\p{Nd}+)");

    /** What people put between the digits of one number; \p{Cf} are the marks of direction that messengers copy. */
    private static final Pattern WITHIN = Pattern.compile("[\\p{Z}\\s\\p{Cf}()\\[\\].\\p{Pd}\u2212/~_]{1,6}");

    /** Of what else a number may be. */
    private static final Pattern OTHER = words("инн", "огрн", "кпп", "бик", "окпо", "окв", "снилс", "унп", "бин(?!\\p{L})", "иин", "егр", "едрпоу",
            "сч[её]т", "р/с", "к/с", "[рк]\\.\\s?с", "расч", "заказ", "заявк", "договор", "паспорт", "карт", "артикул", "сери", "зав\\.", "дат",
            "inn", "vat", "tax", "order", "invoice", "account", "acc(?!\\p{L})", "iban", "vin", "s/n", "sn(?!\\p{L})", "serial", "passport", "card",
            "date");
    private static final Pattern PHONE = words("тел", "моб", "сот", "раб", "дом", "доп", "втор", "звон", "связ", "контакт", "факс", "вац?тс?[аэ]п",
            "вотс", "вайбер", "телег", "тг", "макс", "phone", "tel", "mob", "cell", "call", "fax", "whats", "wa(?!\\p{L})", "viber", "tg", "max");
    private static final Pattern NEUTRAL = words("номер", "или", "либо", "и(?!\\p{L})", "or(?!\\p{L})", "and(?!\\p{L})", "number");
    private static final Pattern LETTER = Pattern.compile("\\p{L}");

    private final String text;
    private final String region;
    private final boolean alone;
    private final List<Group> groups = new ArrayList<>();
    private final Map<String, TypedPhone> found = new LinkedHashMap<>();

    /** Whether the last word before told of another kind of number: what is listed after it is of that kind too. */
    private boolean isOther;

    private record Group(boolean plus, String digits, int start, int end) {
    }

    private record Match(int from, int to, String e164) {
    }

    private PhoneText(String text, String region) {
        this.text = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        this.region = region;
        this.alone = !LETTER.matcher(this.text).find();
    }

    /**
     * Reads.
     *
     * @param raw text as typed; may be null
     * @param region whose plan is meant where no country is named
     * @return the numbers in their order, each once
     */
    static List<TypedPhone> read(@Nullable String raw, String region) {
        return raw == null || raw.isBlank() ? List.of() : new PhoneText(raw, region).read();
    }

    private List<TypedPhone> read() {
        Matcher matcher = GROUP.matcher(text);
        while (matcher.find()) {
            groups.add(new Group(matcher.group("plus") != null, ascii(matcher.group("digits")), matcher.start(), matcher.end()));
        }
        int from = 0;
        while (from < groups.size()) {
            int to = from;
            while (to + 1 < groups.size() && !groups.get(to + 1).plus() && WITHIN.matcher(gap(to)).matches()) {
                to++;
            }
            row(from, to);
            from = to + 1;
        }
        return List.copyOf(found.values());
    }

    /** Groups that stand together as those of a phone do: one number, several, one with an extension, or something else. */
    private void row(int from, int to) {
        List<TypedPhone> numbers = new ArrayList<>();
        int next = from;
        boolean goesOn = true;
        while (next <= to && goesOn) {
            Optional<Match> match = longest(next, to);
            match.ifPresent(number -> numbers.add(phone(number.from(), number.to(), number.e164(), true)));
            next = match.map(number -> number.to() + 1).orElse(next);
            goesOn = match.isPresent();
        }
        if (numbers.isEmpty()) {
            boolean allowed = isAllowed(from, to, to);
            foreign(from, to).or(() -> kept(from, to)).filter(number -> allowed).ifPresent(this::add);
            return;
        }
        boolean allowed = isAllowed(from, to, next - 1) && (next > to || isExtension(next, to));
        // "995 555 12 34 56": a number of Georgia rather than one of Russia with two digits too many
        Optional<TypedPhone> instead = next > to || digits(from, next - 1).length() > BARE_DIGITS ? Optional.empty() : foreign(from, to);
        instead.map(List::of).orElse(numbers).stream().filter(number -> allowed).forEach(this::add);
    }

    /** A plus that was not escaped in a form's body has become a space: only what stands alone is read so. */
    private Optional<TypedPhone> foreign(int from, int to) {
        return alone && !groups.get(from).plus()
                ? NumberPlan.foreign(digits(from, to)).map(number -> phone(from, to, number, true)) : Optional.empty();
    }

    private Optional<TypedPhone> kept(int from, int to) {
        Group first = groups.get(from);
        String digits = digits(from, to);
        return digits.length() > MOST_DIGITS ? Optional.empty()
                : NumberPlan.possible(first.plus(), first.digits(), digits, region).map(number -> phone(from, to, number, false));
    }

    /** The longest number that begins with a group. */
    private Optional<Match> longest(int start, int to) {
        Group first = groups.get(start);
        for (int last = to; last >= start; last--) {
            int end = last;
            String digits = digits(start, end);
            Optional<String> number = digits.length() > MOST_DIGITS ? Optional.empty()
                    : NumberPlan.valid(first.plus(), first.digits(), digits, region);
            if (number.isPresent()) {
                return number.map(e164 -> new Match(start, end, e164));
            }
        }
        return Optional.empty();
    }

    /** A few digits after a number, not glued to it, are an extension; more are the rest of something longer. */
    private boolean isExtension(int from, int to) {
        return digits(from, to).length() <= LONGEST_EXTENSION && !gap(from - 1).matches("[.\\p{Pd}\u2212_]");
    }

    /** A plus makes a phone whatever stands beside it; a row of ten digits is one only where nothing says otherwise. */
    private boolean isAllowed(int from, int to, int lastOfFirst) {
        String before = text.substring(from == 0 ? 0 : groups.get(from - 1).end(), groups.get(from).start());
        int other = last(OTHER, before);
        int phone = last(PHONE, before);
        isOther = other == phone ? isOther && !groups.get(from).plus() : other > phone;
        if (groups.get(from).plus()) {
            return true;
        }
        boolean isCalledOther = other > phone
                || to == groups.size() - 1 && OTHER.matcher(text.substring(groups.get(to).end()).replaceFirst("^[\\s(]+", "")).lookingAt();
        boolean isShaped = lastOfFirst - from >= 2 || digits(from, lastOfFirst).length() > BARE_DIGITS;
        boolean isBesidePhone = phone >= 0 || last(NEUTRAL, before) >= 0 || !LETTER.matcher(before).find() && !before.contains("№");
        return !isCalledOther && (isShaped || isBesidePhone && !isOther);
    }

    private static Pattern words(String... beginnings) {
        return Pattern.compile("(?<!\\p{L})(?:" + String.join("|", beginnings) + ")", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static int last(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        int last = -1;
        while (matcher.find()) {
            last = matcher.start();
        }
        return last;
    }

    private TypedPhone phone(int from, int to, String e164, boolean inPlan) {
        return new TypedPhone(e164, text.substring(groups.get(from).start(), groups.get(to).end()), inPlan);
    }

    private void add(TypedPhone phone) {
        found.putIfAbsent(phone.e164(), phone);
    }

    private String digits(int from, int to) {
        StringBuilder digits = new StringBuilder();
        for (int i = from; i <= to; i++) {
            digits.append(groups.get(i).digits());
        }
        return digits.toString();
    }

    private String gap(int group) {
        return text.substring(groups.get(group).end(), groups.get(group + 1).start());
    }

    private static String ascii(String digits) {
        StringBuilder ascii = new StringBuilder(digits.length());
        digits.codePoints().forEach(c -> ascii.append(Character.digit(c, 10)));
        return ascii.toString();
    }
}
