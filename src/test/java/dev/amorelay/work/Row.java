package dev.amorelay.work;

/** A row of work that is nothing else. */
record Row(long id, long lease, int attempts, int failures, int lapses) implements Claimed {

    Row(long id, long lease, int attempts, int failures) {
        this(id, lease, attempts, failures, 0);
    }

    Row(long id) {
        this(id, 1, 1, 0);
    }

    @Override
    public String label() {
        return "row " + id;
    }
}
