package dev.amorelay.phone;

/**
 * A phone number in a text.
 *
 * @param e164 plus and digits: E.164
 * @param typed the part of the text that is the number
 * @param inPlan whether a number like this exists in its country's numbering plan, as far as the library knows
 */
public record TypedPhone(String e164, String typed, boolean inPlan) {
}
