package dev.amorelay.leads;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.workshop.SettingText;
import freemarker.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * {@code lead/sources.yaml}, read. What a source does not say, its default says; an account's own words go before both.
 *
 * @param all what counts in every account
 * @param accounts what an account says itself, by its configured name
 */
record LeadSources(Part all, Map<String, Part> accounts) {

    /**
     * A default and the sources that differ from it.
     *
     * @param usual what counts for every source; its parts may be null
     * @param sources by name
     */
    record Part(Row usual, Map<String, Row> sources) {

        static final Part EMPTY = new Part(Row.EMPTY, Map.of());
    }

    /** What stands in the table for a source, see {@link LeadSource}; null for what is left out. */
    record Row(Template label, Template title, String pipeline, String stage, String responsible, List<String> tags, ArrayNode owes, String mailbox,
               List<String> notes, Map<String, String> fields) {

        static final Row EMPTY = new Row(null, null, null, null, null, null, null, null, null, null);
    }

    /**
     * A source in an account.
     *
     * @param account where its leads go
     * @param source its name
     * @param relay tells a setting of the relay
     * @return what becomes of its leads
     */
    LeadSource of(Account account, String source, UnaryOperator<String> relay) {
        List<Row> rows = rows(account, source);
        Function<String, Optional<String>> filled = text -> SettingText.of(text, account.settings(), relay);
        Long pipeline = null;
        Long stage = null;
        for (Row row : rows) {
            Optional<Long> here = filled.apply(row.pipeline()).map(Long::valueOf);
            Optional<Long> at = filled.apply(row.stage()).map(Long::valueOf);
            stage = stage == null ? at.orElse(null) : stage;
            if (here.isPresent()) {
                // a stage of another row belongs to another pipeline
                pipeline = here.get();
                break;
            }
        }
        Long responsible = first(rows, row -> filled.apply(row.responsible()).map(Long::valueOf).orElse(null));
        String mailbox = first(rows, row -> filled.apply(row.mailbox()).orElse(null));
        return new LeadSource(first(rows, Row::label), first(rows, Row::title), pipeline, stage, responsible, or(first(rows, Row::tags), List.of()),
                mailbox, or(first(rows, Row::notes), List.of()), or(first(rows, Row::fields), Map.of()));
    }

    /**
     * What the leads of a source owe; no setting is asked for it, since each lead asks at the door.
     *
     * @param account where they go
     * @param source its name
     * @return {@code {kind, payload}}, each kind once; not to be changed
     */
    ArrayNode owes(Account account, String source) {
        return first(rows(account, source), Row::owes);
    }

    private List<Row> rows(Account account, String source) {
        Part own = accounts.getOrDefault(account.name(), Part.EMPTY);
        return Stream.of(own.sources().get(source), all.sources().get(source), own.usual(), all.usual()).filter(Objects::nonNull).toList();
    }

    private static <T> T first(List<Row> rows, Function<Row, T> part) {
        return rows.stream().map(part).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static <T> T or(T value, T other) {
        return value == null ? other : value;
    }
}
