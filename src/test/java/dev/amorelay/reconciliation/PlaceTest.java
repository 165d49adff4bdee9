package dev.amorelay.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.CrmChanges.Page;
import dev.amorelay.json.Json;
import dev.amorelay.reconciliation.Place.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlaceTest {

    private static final Instant FROM = Instant.ofEpochSecond(1_800_000_000);

    private static Instant at(long seconds) {
        return FROM.plusSeconds(seconds);
    }

    private static Page page(boolean last, long... updated) {
        return new Page(LongStream.of(updated).mapToObj(seconds -> (JsonNode) Json.object()
                .put("updated_at", at(seconds).getEpochSecond()).put("created_at", at(seconds).getEpochSecond())).toList(), last);
    }

    @Test
    void theLogIsReadDayByDayAndPageByPage() {
        Instant to = FROM.plus(Duration.ofHours(30));
        Place first = Place.first(FROM);
        assertThat(first.end(to)).isEqualTo(FROM.plus(Duration.ofDays(1)));
        Place second = first.after(page(false, 5, 4), FROM, to);
        assertThat(second).isEqualTo(new Place(Step.CHANGES, FROM, 2));
        Place nextDay = second.after(page(true, 3), FROM, to);
        assertThat(nextDay).isEqualTo(new Place(Step.CHANGES, FROM.plus(Duration.ofDays(1)), 1));
        assertThat(nextDay.end(to)).isEqualTo(to);
        assertThat(nextDay.after(page(true), FROM, to)).isEqualTo(new Place(Step.DEALS, FROM, 1));
    }

    @Test
    void aShortStretchIsOnePiece() {
        Place after = Place.first(FROM).after(page(true), FROM, at(60));
        assertThat(after).isEqualTo(new Place(Step.DEALS, FROM, 1));
    }

    @Test
    void aPageOfDealsBeginsWhereTheOneBeforeEnded() {
        Place deals = new Place(Step.DEALS, FROM, 1);
        assertThat(deals.after(page(false, 1, 7, 9), FROM, at(60))).isEqualTo(new Place(Step.DEALS, at(9), 1));
        assertThat(new Place(Step.DEALS, at(9), 1).after(page(true, 9, 12), FROM, at(60))).isEqualTo(new Place(Step.CONTACTS, FROM, 1));
        assertThat(new Place(Step.CONTACTS, at(9), 3).after(page(true), FROM, at(60)).step()).isEqualTo(Step.DONE);
    }

    @Test
    void aSecondThatFillsAPageIsLeftByNumber() {
        Place deals = new Place(Step.DEALS, at(9), 1);
        Place second = deals.after(page(false, 9, 9, 9), FROM, at(60));
        assertThat(second).isEqualTo(new Place(Step.DEALS, at(9), 2));
        assertThat(second.after(page(false, 9, 9, 10), FROM, at(60))).isEqualTo(new Place(Step.DEALS, at(10), 1));
    }

    @Test
    void whatChangesWhileItIsReadHidesNothingElse() {
        // 40 deals, 4 a page; after each page the oldest one that was not read yet is changed and moves to the end
        TreeMap<Long, Long> updatedAt = new TreeMap<>();
        LongStream.rangeClosed(1, 40).forEach(id -> updatedAt.put(id, id / 3));
        TreeSet<Long> seen = new TreeSet<>();
        Place place = new Place(Step.DEALS, FROM, 1);
        Instant to = at(1_000);
        for (long clock = 100; place.step() == Step.DEALS; clock++) {
            assertThat(clock).as("it comes to an end").isLessThan(200);
            Page read = listed(updatedAt, place, 4);
            read.items().forEach(item -> seen.add(item.path("id").asLong()));
            place = place.after(read, FROM, to);
            if (clock < 130) {
                long now = clock;
                // one of those that stand far behind, so that numbers of pages would shift
                updatedAt.keySet().stream().filter(id -> !seen.contains(id)).skip(5).findFirst().ifPresent(id -> updatedAt.put(id, now));
            }
        }
        assertThat(seen).containsExactlyElementsOf(updatedAt.keySet());
    }

    private static Page listed(TreeMap<Long, Long> updatedAt, Place place, int limit) {
        List<JsonNode> all = updatedAt.entrySet().stream()
                .filter(one -> !at(one.getValue()).isBefore(place.reached()))
                .sorted((a, b) -> a.getValue().equals(b.getValue()) ? Long.compare(a.getKey(), b.getKey()) : Long.compare(a.getValue(), b.getValue()))
                .map(one -> (JsonNode) Json.object().put("id", one.getKey()).put("updated_at", at(one.getValue()).getEpochSecond())).toList();
        int begin = Math.min(all.size(), (place.page() - 1) * limit);
        int end = Math.min(all.size(), begin + limit);
        return new Page(all.subList(begin, end), end == all.size());
    }

    @Test
    void anAccountThatIgnoresTheFilterIsSeen() {
        assertThat(new Place(Step.DEALS, FROM, 1).isStrange(page(true, 0, 60), at(60))).isFalse();
        assertThat(new Place(Step.DEALS, FROM, 1).isStrange(page(true, -1), at(60))).isTrue();
        assertThat(new Place(Step.CONTACTS, FROM, 1).isStrange(page(true, 61), at(60))).isTrue();
        assertThat(Place.first(FROM).isStrange(page(true, 61), at(60))).isTrue();
    }
}
