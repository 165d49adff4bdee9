package dev.amorelay.sandbox.crm;

import dev.amorelay.sandbox.store.Kind;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of amoCRM entities that carry fields, notes and links. */
public enum EntityType {
    LEADS("leads", "lead", 2, Kind.LEAD),
    CONTACTS("contacts", "contact", 1, Kind.CONTACT),
    COMPANIES("companies", "company", 3, Kind.COMPANY);

    private final String path;
    private final String singular;
    private final int elementType;
    private final Kind kind;

    EntityType(String path, String singular, int elementType, Kind kind) {
        this.path = path;
        this.singular = singular;
        this.elementType = elementType;
        this.kind = kind;
    }

    /** @return the type with this word in API addresses, for example {@code leads} */
    public static Optional<EntityType> of(String path) {
        return Arrays.stream(values()).filter(type -> type.path.equals(path)).findFirst();
    }

    /** @return the word in API addresses and answers: {@code leads} */
    public String path() {
        return path;
    }

    /** @return the word in events and in hook codes: {@code lead} */
    public String singular() {
        return singular;
    }

    /** @return amoCRM's number of the type in webhooks (facts §6.3: 1 contact, 2 lead, 3 company) */
    public int elementType() {
        return elementType;
    }

    /** @return the kind of its documents */
    public Kind kind() {
        return kind;
    }
}
