package dev.amorelay.sandbox.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryTest {

    @Test
    void readsIdsInEveryFormThatPhpReads() {
        assertThat(query(Map.of("filter[id][]", new String[] {"1", "2"})).numbers("filter[id]")).containsExactly(1L, 2L);
        assertThat(query(Map.of("filter[id][0]", new String[] {"3"}, "filter[id][7]", new String[] {"4"}))
                .numbers("filter[id]")).containsExactlyInAnyOrder(3L, 4L);
        assertThat(query(Map.of("filter[id]", new String[] {"5", "6"})).numbers("filter[id]")).containsExactly(6L);
    }

    @Test
    void doesNotTakeARangeForAList() {
        assertThat(query(Map.of("filter[price][from]", new String[] {"1"})).numbers("filter[price]")).isEmpty();
    }

    @Test
    void readsRangesAndPlainValuesAsBounds() {
        Query range = query(Map.of("filter[updated_at][from]", new String[] {"10"}));
        assertThat(range.bound("filter[updated_at]", "from")).isEqualTo(10);
        assertThat(range.bound("filter[updated_at]", "to")).isNull();
        assertThat(query(Map.of("filter[updated_at]", new String[] {"7"})).bound("filter[updated_at]", "to")).isEqualTo(7);
    }

    @Test
    void keepsPagesWithinTheLimits() {
        assertThat(query(Map.of()).limit()).isEqualTo(50);
        Query wide = query(Map.of("limit", new String[] {"500"}, "page", new String[] {"3"}));
        assertThat(wide.limit()).isEqualTo(250);
        assertThat(wide.offset()).isEqualTo(500);
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> query(Map.of("filter[id][]", new String[] {"x"})).numbers("filter[id]"))
                .isInstanceOfSatisfying(CrmProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
    }

    private static Query query(Map<String, String[]> parameters) {
        return new Query(parameters);
    }
}
