package dev.amorelay.leads;

/** E-mail addresses, checked for their shape only. */
final class EmailAddress {

    private EmailAddress() {
    }

    /** @return whether a mail could be sent to it, as the contract has it; false for null */
    static boolean looksRight(String text) {
        return text != null && LeadRules.CONTRACT.fits("email", text);
    }
}
