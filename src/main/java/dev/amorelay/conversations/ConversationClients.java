package dev.amorelay.conversations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.database.SqlFile;
import dev.amorelay.deals.DealFollower;
import dev.amorelay.deals.DealStore;
import java.util.List;
import java.util.stream.StreamSupport;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** A deal makes its people known: what was said and noted before gets its client. */
@Component
class ConversationClients implements DealFollower {

    private final NamedParameterJdbcTemplate sql;
    private final String adopt = SqlFile.read("conversations/adopt-orphans.sql");
    private final String follow = SqlFile.read("conversations/follow-deals.sql");

    ConversationClients(JdbcTemplate jdbc) {
        this.sql = new NamedParameterJdbcTemplate(jdbc);
    }

    @Override
    public void stored(Account account, long accountId, List<DealStore.Read> deals) {
        if (deals.isEmpty()) {
            return;
        }
        sql.update(follow, new MapSqlParameterSource().addValue("account", accountId)
                .addValue("deals", deals.stream().map(read -> read.deal().path("id").asText()).toArray(String[]::new))
                .addValue("contacts", deals.stream().flatMap(read -> StreamSupport.stream(
                                read.deal().path("_embedded").path("contacts").spliterator(), false))
                        .map((JsonNode contact) -> contact.path("id").asLong()).distinct().toArray(Long[]::new)));
    }

    /** A talk or note that was being stored at the moment when its client became known was seen by nobody: looked for once an hour. */
    @Scheduled(fixedDelay = 3_600_000, initialDelay = 600_000)
    void adopt() {
        sql.update(adopt, new MapSqlParameterSource());
    }
}
