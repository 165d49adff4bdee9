package dev.amorelay.flowtests;

/**
 * Where something stands, so that an editor can jump there.
 *
 * @param file path as the person who runs the tests would write it
 * @param line from 1
 */
record Place(String file, int line) {

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
