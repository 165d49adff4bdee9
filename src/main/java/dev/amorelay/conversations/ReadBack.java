package dev.amorelay.conversations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.CrmConversations;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.conversations.ReadBackRepository.Kind;
import dev.amorelay.conversations.ReadBackRepository.Told;
import dev.amorelay.work.Later;
import dev.amorelay.work.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads back through the API what webhooks alone have told of talks, messages and notes: webhooks are unsigned, and whoever knows their
 * address can tell anything. What the API tells is known from then on; what it does not know stays told.
 */
@Component("conversationReadBack")
public class ReadBack {

    private static final Logger LOG = LoggerFactory.getLogger(ReadBack.class);
    private static final int MOST_TALKS = 20;
    private static final int MOST_OTHERS = 200;
    private static final int NOTES_IN_A_CALL = 50;
    /** Messages of so long a time are looked for in one list. */
    private static final Duration WINDOW = Duration.ofMinutes(10);
    /** Between the clocks of a webhook and of the event log. */
    private static final Duration LEEWAY = Duration.ofMinutes(2);
    private static final Map<String, String> ENTITIES =
            Map.of("lead", "leads", "contact", "contacts", "company", "companies", "customer", "customers");

    private final ReadBackRepository rows;
    private final KnownAccounts accounts;
    private final CrmConversations crm;

    ReadBack(ReadBackRepository rows, KnownAccounts accounts, CrmConversations crm) {
        this.rows = rows;
        this.accounts = accounts;
        this.crm = crm;
    }

    /** Looks at what is due; an account that cannot be asked now holds up no other. */
    public void look() {
        byAccount(rows.claim(Kind.TALK, MOST_TALKS)).forEach(this::talks);
        byAccount(rows.claim(Kind.MESSAGE, MOST_OTHERS)).forEach(this::messages);
        byAccount(rows.claim(Kind.NOTE, MOST_OTHERS)).forEach(this::notes);
    }

    /** What came without the number of an account that we know cannot be asked for. */
    private Map<String, List<Told>> byAccount(List<Told> all) {
        Map<String, List<Told>> known = all.stream()
                .collect(Collectors.groupingBy(told -> accounts.nameOf(told.accountId(), null), HashMap::new, Collectors.toList()));
        List<Told> strange = known.remove("");
        if (strange != null) {
            rows.putOff(strange);
        }
        return known;
    }

    private void talks(String account, List<Told> all) {
        List<Told> left = new ArrayList<>(all);
        asking(account, left, () -> {
            for (Told told : all) {
                if (told.id().matches("[1-9]\\d{0,17}")) {
                    crm.talk(account, Long.parseLong(told.id()))
                            .ifPresentOrElse(known -> rows.confirmTalk(told, known), () -> rows.putOff(List.of(told)));
                } else {
                    rows.putOff(List.of(told));
                }
                left.remove(told);
            }
        });
    }

    private void messages(String account, List<Told> all) {
        rows.putOff(all.stream().filter(told -> told.at() == null).toList());
        List<Told> left = new ArrayList<>(all.stream().filter(told -> told.at() != null).sorted(Comparator.comparing(Told::at)).toList());
        asking(account, left, () -> {
            while (!left.isEmpty()) {
                Instant first = left.get(0).at().toInstant();
                List<Told> some = left.stream().filter(told -> told.at().toInstant().isBefore(first.plus(WINDOW))).toList();
                Set<String> known = crm.messages(account, first.minus(LEEWAY), some.get(some.size() - 1).at().toInstant().plus(LEEWAY));
                some.stream().filter(told -> known.contains(told.id())).forEach(rows::confirmMessage);
                rows.putOff(some.stream().filter(told -> !known.contains(told.id())).toList());
                left.removeAll(some);
            }
        });
    }

    private void notes(String account, List<Told> all) {
        rows.putOff(all.stream().filter(told -> !isReadable(told)).toList());
        all.stream().filter(ReadBack::isReadable).collect(Collectors.groupingBy(told -> ENTITIES.get(told.entity())))
                .forEach((entities, theirs) -> notes(account, entities, new ArrayList<>(theirs)));
    }

    private void notes(String account, String entities, List<Told> left) {
        asking(account, left, () -> {
            while (!left.isEmpty()) {
                List<Told> some = List.copyOf(left.subList(0, Math.min(NOTES_IN_A_CALL, left.size())));
                Map<Long, JsonNode> known = crm.notes(account, entities, some.stream().map(told -> Long.valueOf(told.id())).toList());
                for (Told told : some) {
                    JsonNode note = known.get(Long.valueOf(told.id()));
                    if (note == null) {
                        rows.putOff(List.of(told));
                    } else {
                        rows.confirmNote(told, note);
                    }
                }
                left.removeAll(some);
            }
        });
    }

    private static boolean isReadable(Told note) {
        return ENTITIES.containsKey(note.entity()) && note.id().matches("[1-9]\\d{0,17}");
    }

    /** @param left what has not been looked at yet; the work takes out of it what has */
    private void asking(String account, List<Told> left, Runnable work) {
        try {
            work.run();
        } catch (Later away) {
            LOG.debug("amoCRM account {}: {} rows are read back later: {}", account, left.size(), away.getMessage());
            rows.release(left);
        } catch (Refused refused) {
            LOG.warn("amoCRM account {}: what webhooks told cannot be read back: {}", account, refused.getMessage());
            rows.putOff(left);
        }
    }
}
