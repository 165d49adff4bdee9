package dev.amorelay.settings;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which passwords people may have: none that a guesser who may try ten a minute finds in years. */
public final class PasswordRule {

    /** In characters. */
    public static final int SHORTEST = 8;
    /** bcrypt reads no more bytes, and would take a longer password for equal with its beginning. */
    private static final int MOST_BYTES = 72;
    /** Of five: a million guesses and more. */
    private static final int LOWEST_SCORE = 2;
    /** What everybody tries here first; the sandbox's own password is among them. */
    private static final List<String> OBVIOUS =
            List.of("sandbox", "admin", "administrator", "relay", "amorelay", "amo-relay", "amocrm", "kommo", "changeme", "console");

    private static final int LEAST_ELSE = 4;
    private static final String RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю";
    private static final String LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";

    private PasswordRule() {
    }

    /**
     * Looks at a password.
     *
     * @param password as it was chosen
     * @param about what else a guesser knows: the person's name
     * @return what is wrong with it, a Russian phrase without the password; empty when it will do
     */
    public static Optional<String> weakness(String password, String... about) {
        if (password.length() < SHORTEST) {
            return Optional.of("не короче " + SHORTEST + " знаков");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return Optional.of("не длиннее " + MOST_BYTES + " байт");
        }
        List<String> known = Stream.concat(OBVIOUS.stream(), Stream.of(about)).toList();
        boolean weak = isLittleElse(password, known) || score(password, known) < LOWEST_SCORE || score(onLatinKeys(password), known) < LOWEST_SCORE;
        return weak ? Optional.of("его легко угадать, возьмите несколько случайных слов или то, что даёт менеджер паролей") : Optional.empty();
    }

    private static int score(String password, List<String> known) {
        Strength strength = new Zxcvbn().measure(password, known);
        try {
            return strength.getScore();
        } finally {
            strength.wipe();
        }
    }

    /** {@code admin:admin} */
    private static boolean isLittleElse(String password, List<String> known) {
        String rest = password.toLowerCase(Locale.ROOT);
        for (String word : known) {
            rest = rest.replace(word, "");
        }
        return rest.replaceAll("[^\\p{L}\\p{N}]", "").length() < LEAST_ELSE;
    }

    /** What a Russian keyboard writes by the keys that a guesser's dictionary knows by their Latin letters: {@code йцукен}. */
    private static String onLatinKeys(String password) {
        StringBuilder latin = new StringBuilder();
        for (char letter : password.toLowerCase(Locale.ROOT).toCharArray()) {
            int place = RUSSIAN.indexOf(letter);
            latin.append(place < 0 ? letter : LATIN.charAt(place));
        }
        return latin.toString();
    }
}
