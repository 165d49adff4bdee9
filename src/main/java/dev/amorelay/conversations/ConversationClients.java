package dev.amorelay.conversations;

import dev.amorelay.database.SqlFile;
import dev.amorelay.deals.ChangedDeal;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** A deal makes its people known: what was said and noted before gets its client. */
@Component
public class ConversationClients {

    private final NamedParameterJdbcTemplate sql;
    private final String adopt = SqlFile.read("conversations/adopt-orphans.sql");
    private final String follow = SqlFile.read("conversations/follow-deals.sql");

    ConversationClients(JdbcTemplate jdbc) {
        this.sql = new NamedParameterJdbcTemplate(jdbc);
    }

    /**
     * Gives what was said and noted before its client, in the commit that stores the deals.
     *
     * @param deals of one account, see {@link ChangedDeal}
     */
    public void link(@Body List<Map<String, Object>> deals) {
        if (deals.isEmpty()) {
            return;
        }
        List<ChangedDeal> all = ChangedDeal.all(deals);
        sql.update(follow, new MapSqlParameterSource().addValue("account", all.get(0).accountId()).addValue("deals", ChangedDeal.ids(deals))
                .addValue("contacts", all.stream().flatMap(deal -> deal.contacts().stream()).distinct().toArray(Long[]::new)));
    }

    /** A talk or note that was being stored at the moment when its client became known was seen by nobody: looked for once an hour. */
    @Scheduled(fixedDelay = 3_600_000, initialDelay = 600_000)
    void adopt() {
        sql.update(adopt, new MapSqlParameterSource());
    }
}
