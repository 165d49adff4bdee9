package dev.amorelay.leads;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of a field's name or label: {@code Phone_2}, {@code your-phone} and «Ваш телефон *» as they are compared. */
final class FieldWords {

    /** Names are short; a question of a quiz may be a sentence. */
    private static final int LONGEST = 200;
    private static final Pattern BREAKS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern CAMEL = Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})");
    private static final Pattern DIGITS_AT_END = Pattern.compile("(?<=\\p{L})\\d+$");
    /** {@code 2}, {@code q3}, {@code a1f0}: numbers of fields that builders give. */
    private static final Pattern NUMBER = Pattern.compile("\\d+|q\\d+|(?=\\p{L}*\\d)[0-9a-f]{4,12}");

    private FieldWords() {
    }

    /** @return the words, in small letters, without punctuation; none for a name that has no letter or digit */
    static List<String> of(String name) {
        String text = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        text = CAMEL.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll(" ").toLowerCase(Locale.ROOT).replace('ё', 'е');
        return List.of(BREAKS.split(text)).stream().filter(word -> !word.isEmpty()).toList();
    }

    /** @return the words as one, by which names are compared */
    static String key(String name) {
        return String.join("", of(name));
    }

    /**
     * Takes off what says nothing.
     *
     * @param words of a name
     * @param before words that may stand before a name
     * @param after words that may stand after one
     * @return what is left, at least one word where there was one
     */
    static List<String> bare(List<String> words, Set<String> before, Set<String> after) {
        List<String> left = new ArrayList<>(words);
        while (left.size() > 1 && (NUMBER.matcher(left.get(left.size() - 1)).matches() || after.contains(left.get(left.size() - 1)))) {
            left.remove(left.size() - 1);
        }
        while (left.size() > 1 && (NUMBER.matcher(left.get(0)).matches() || before.contains(left.get(0)))) {
            left.remove(0);
        }
        left.replaceAll(word -> DIGITS_AT_END.matcher(word).replaceFirst(""));
        return left;
    }
}
