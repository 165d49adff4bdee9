package dev.amorelay.flowtests;

/** A test that cannot be understood; the message says where, what is wrong, and what would be right. */
class BadTest extends RuntimeException {

    private final transient Place place;

    BadTest(Place place, String what) {
        super(place + ": " + what);
        this.place = place;
    }

    /** Where it stands. */
    Place place() {
        return place;
    }
}
