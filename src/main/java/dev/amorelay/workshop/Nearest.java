package dev.amorelay.workshop;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that was probably meant. */
final class Nearest {

    private Nearest() {
    }

    /**
     * A hint for a name that is not there.
     *
     * @param wrong the misspelt name
     * @param known the names that are there
     * @return {@code , did you mean …?} where one is near, else {@code otherwise}
     */
    static String hint(String wrong, Collection<String> known, String otherwise) {
        return known.stream().min(Comparator.comparingInt((String name) -> distance(wrong, name)).thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(wrong, name) <= (wrong.length() < 4 ? 1 : Math.max(2, wrong.length() / 3)))
                .map(name -> ", did you mean " + name + "?").orElse(otherwise);
    }

    /** @return the name of which a word is nearly certain to be a misspelling: a letter more, less or another, of long words two */
    static Optional<String> misspelt(String wrong, Collection<String> known) {
        return known.stream().filter(name -> distance(wrong, name) <= (wrong.length() < 7 ? 1 : 2)).findFirst();
    }

    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int above = row[j];
                int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[right.length()];
    }
}
