package dev.amorelay.flowtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A test of a flow.
 *
 * @param name what it shows
 * @param place where it stands
 * @param rows that are in tables before
 * @param answers that the outside gives in place of the stand-ins' own
 * @param failures steps of routes that fail
 * @param steps what happens
 * @param calls to the outside that must be made
 * @param never calls that must not be made
 * @param expectedRows that must be in tables
 * @param hurry what waits for its next attempt is tried again at once
 * @param anew the same test with its times by the clock as it is then: between reading and playing a day may have ended
 */
record FlowTest(String name, Place place, List<Row> rows, List<Answer> answers, List<Failure> failures, List<Step> steps,
                List<ExpectedCall> calls, List<ExpectedCall> never, List<ExpectedRows> expectedRows, boolean hurry,
                Supplier<FlowTest> anew) {

    /**
     * A row that is there before.
     *
     * @param place where it stands
     * @param table its table
     * @param values by column; what is left out has the table's default
     */
    record Row(Place place, String table, JsonNode values) {
    }

    /**
     * A step of a route that fails.
     *
     * @param place where it stands
     * @param step {@code bean.method} or the address that is called
     * @param route id of the route; null for any
     * @param exception the class of what is thrown
     * @param times so often at most; 0 = each time
     */
    record Failure(Place place, String step, @Nullable String route, Class<? extends Exception> exception, int times) {
    }

    /**
     * A call that is expected, or must not be made.
     *
     * @param place where it stands
     * @param pattern which
     * @param body what its body must have; missing for anything
     * @param times exactly so often; null for once or more
     */
    record ExpectedCall(Place place, CallPattern pattern, JsonNode body, @Nullable Integer times) {

        boolean fits(Call call) {
            return pattern.fits(call) && Subset.fits(body, call.body());
        }
    }

    /**
     * Rows that are expected.
     *
     * @param place where it stands
     * @param table their table
     * @param where which rows
     * @param has what they must have
     * @param count exactly so many; null for one or more
     */
    record ExpectedRows(Place place, String table, JsonNode where, JsonNode has, @Nullable Integer count) {
    }
}
