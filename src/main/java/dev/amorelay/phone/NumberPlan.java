package dev.amorelay.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What digits mean in the numbering plans that the library knows, with the ways in which people write a country's code. */
final class NumberPlan {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final int RUSSIA = 7;

    /** Shorter ones are read as the region's own only: taxpayer numbers have 10 digits, account numbers 20. */
    private static final int FEWEST_OF_A_COUNTRY = 11;
    private static final int MOST_OF_A_COUNTRY = 14;

    /** E.164: a country code and a subscriber's number; with fewer digits something was left out. */
    private static final int FEWEST_TO_BE_KEPT = 8;
    private static final int MOST_TO_BE_KEPT = 15;

    private NumberPlan() {
    }

    /** @return whether the library knows the numbering plan of a region, {@code RU} */
    static boolean isRegion(String region) {
        return NUMBERS.getSupportedRegions().contains(region);
    }

    /**
     * A number that exists in its country's plan.
     *
     * @param plus whether a plus stands before it
     * @param first the digits before the first separator
     * @param digits all of them, ASCII
     * @param region whose plan is meant where no country is named
     * @return E.164
     */
    static Optional<String> valid(boolean plus, String first, String digits, String region) {
        Optional<String> own = plus ? Optional.empty() : parsed(digits, region).flatMap(NumberPlan::existing);
        return own.or(() -> plus || isExit(digits) ? international(digits, first) : Optional.empty());
    }

    /**
     * A number of a country, written without its plus.
     *
     * @param digits ASCII
     * @return E.164
     */
    static Optional<String> foreign(String digits) {
        return digits.length() < FEWEST_OF_A_COUNTRY || digits.length() > MOST_OF_A_COUNTRY ? Optional.empty() : international(digits, digits);
    }

    /**
     * A number that no plan has, though it names a country and could be one by its length: plans grow faster than the library.
     *
     * @return {@code +} and its digits
     */
    static Optional<String> possible(boolean plus, String first, String digits, String region) {
        if (plus || isExit(digits)) {
            return readings(digits, first).stream().filter(NumberPlan::isPossible).findFirst().map(number -> "+" + number);
        }
        // with the prefix of the region, or its code; without one, any number of the right length could be meant
        return parsed(digits, region).filter(number -> digits.length() > String.valueOf(number.getNationalNumber()).length())
                .map(NumberPlan::e164).filter(number -> isPossible(number.substring(1)));
    }

    private static Optional<String> international(String digits, String first) {
        return readings(digits, first).stream().map(number -> parsed("+" + number, null)).flatMap(Optional::stream)
                .flatMap(number -> existing(number).stream()).findFirst();
    }

    /** A plan of the library may allow more digits than E.164, which nothing that takes a number does. */
    private static Optional<String> existing(PhoneNumber number) {
        return NUMBERS.isValidNumber(number) ? Optional.of(e164(number)).filter(text -> text.length() <= 1 + MOST_TO_BE_KEPT) : Optional.empty();
    }

    /** What may be meant by digits with a plus before them, the likelier first. */
    private static List<String> readings(String digits, String first) {
        List<String> readings = new ArrayList<>();
        boolean eight = digits.length() == 11 && digits.startsWith("8");
        if (eight && first.equals("8")) {
            readings.add(RUSSIA + digits.substring(1)); // "+8 999 …": the habit of the eight, under a plus
        }
        if (digits.length() == 12 && digits.startsWith("78")) {
            readings.add(RUSSIA + digits.substring(2)); // "+7 8 999 …": the eight again, behind a mask's +7
        }
        readings.add(isExit(digits) ? withoutExit(digits) : digits);
        if (eight && !first.equals("8")) {
            readings.add(RUSSIA + digits.substring(1));
        }
        return readings;
    }

    /** The way out of a country, before the code of another: 00 nearly everywhere, 8~10 in Russia. */
    private static boolean isExit(String digits) {
        return digits.startsWith("00") || digits.startsWith("810");
    }

    private static String withoutExit(String digits) {
        return digits.startsWith("00") ? digits.replaceFirst("^0+", "") : digits.substring(3);
    }

    private static boolean isPossible(String number) {
        if (number.length() < FEWEST_TO_BE_KEPT || number.length() > MOST_TO_BE_KEPT || number.startsWith("0")
                || number.substring(3).chars().distinct().count() == 1) {
            return false;
        }
        try {
            return NUMBERS.isPossibleNumberWithReason(NUMBERS.parse("+" + number, null)) == ValidationResult.IS_POSSIBLE;
        } catch (NumberParseException e) {
            return e.getErrorType() == NumberParseException.ErrorType.INVALID_COUNTRY_CODE;
        }
    }

    private static Optional<PhoneNumber> parsed(String digits, String region) {
        try {
            return Optional.of(NUMBERS.parse(digits, region));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    private static String e164(PhoneNumber number) {
        return NUMBERS.format(number, PhoneNumberFormat.E164);
    }
}
