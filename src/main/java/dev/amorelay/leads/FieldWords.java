package dev.amorelay.leads;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;

/** The words of a field's name or label: {@code Phone_2}, {@code your-phone} and «Ваш телефон *» as they are compared. */
final class FieldWords {

    /** Names are short; a question of a quiz may be a sentence. */
    private static final int LONGEST = 200;
    private static final Pattern DIGITS_AT_END = Pattern.compile("(?<=\\p{L})\\d+$");
    /** {@code 2}, {@code q3}, {@code a1f0}: numbers of fields that builders give. */
    private static final Pattern NUMBER = Pattern.compile("\\d+|q\\d+|(?=\\p{L}*\\d)[0-9a-f]{4,12}");

    /** One name is asked for many times over, and finding its words is dear. A slot is taken over by the next name that falls on it. */
    private static final AtomicReferenceArray<Found> FOUND = new AtomicReferenceArray<>(1024);

    private record Found(String name, List<String> words, String key) {
    }

    private FieldWords() {
    }

    /** @return the words, in small letters, without punctuation; none for a name that has no letter or digit */
    static List<String> of(String name) {
        return found(name).words();
    }

    /** @return the words as one, by which names are compared */
    static String key(String name) {
        return found(name).key();
    }

    private static Found found(String name) {
        String text = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        int hash = text.hashCode();
        int slot = (hash ^ hash >>> 16) & FOUND.length() - 1;
        Found found = FOUND.get(slot);
        if (found == null || !found.name().equals(text)) {
            List<String> words = split(parted(text).toLowerCase(Locale.ROOT).replace('ё', 'е'));
            found = new Found(text, words, String.join("", words));
            FOUND.set(slot, found);
        }
        return found;
    }

    /** Words that a name in camel case has are parted by a blank. */
    private static String parted(String given) {
        String text = Normalizer.normalize(given, Normalizer.Form.NFKC);
        StringBuilder parted = new StringBuilder(text.length() + 8);
        boolean endsWord = false;
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (endsWord && Character.getType(c) == Character.UPPERCASE_LETTER) {
                parted.append(' ');
            }
            parted.appendCodePoint(c);
            endsWord = Character.getType(c) == Character.LOWERCASE_LETTER || isNumber(c);
        }
        return parted.toString();
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            boolean inWord = Character.isLetter(c) || isNumber(c);
            if (inWord && start < 0) {
                start = i;
            } else if (!inWord && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            }
        }
        if (start >= 0) {
            words.add(text.substring(start));
        }
        return List.copyOf(words);
    }

    private static boolean isNumber(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER || type == Character.LETTER_NUMBER || type == Character.OTHER_NUMBER;
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
        while (left.size() > 1 && (isNumbered(left.get(left.size() - 1)) || after.contains(left.get(left.size() - 1)))) {
            left.remove(left.size() - 1);
        }
        while (left.size() > 1 && (isNumbered(left.get(0)) || before.contains(left.get(0)))) {
            left.remove(0);
        }
        left.removeIf(word -> left.size() > 1 && Character.isDigit(word.charAt(0)) && isNumbered(word));
        left.replaceAll(word -> hasDigit(word) ? DIGITS_AT_END.matcher(word).replaceFirst("") : word);
        return left;
    }

    /** @return whether a word is a number that a builder gave */
    static boolean isNumbered(String word) {
        return hasDigit(word) && NUMBER.matcher(word).matches();
    }

    /** Without a digit no pattern is asked. */
    private static boolean hasDigit(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= '0' && word.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }
}
