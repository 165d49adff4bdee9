package dev.amorelay.leads;

/** What the deal is called. */
final class DealName {

    private static final int LONGEST = 255;

    private DealName() {
    }

    /** @return {@code {label}: {name or «Без имени»}}, within amoCRM's 255 characters */
    static String of(Lead lead) {
        return Lines.cut(Lines.one(LeadSource.label(lead)) + ": " + person(lead), LONGEST);
    }

    /** @return the person's name on one line */
    static String person(Lead lead) {
        String name = Lines.one(lead.name());
        return name.isEmpty() ? "Без имени" : name;
    }
}
