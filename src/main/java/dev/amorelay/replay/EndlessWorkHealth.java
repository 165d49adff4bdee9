package dev.amorelay.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/**
 * Detail {@code endlessWork} of the management port's health. Rows that come to no end leave it UP, as dead letters do; a kind of work
 * that cannot be claimed at all makes it DOWN: everything of it stands still, while the doors go on accepting.
 */
@Component("endlessWorkHealthIndicator")
class EndlessWorkHealth extends AbstractHealthIndicator {

    private final EndlessWork work;

    EndlessWorkHealth(EndlessWork work) {
        super("endless work cannot be looked for");
        this.work = work;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        List<Map<String, Object>> rows = work.rows().stream().map(one -> {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("kind", one.kind());
            told.put("account", one.account());
            told.put("rows", one.count());
            told.put("attempts", one.attempts());
            told.put("lapses", one.lapses());
            told.put("oldest", one.oldest());
            told.put("reason", one.reason());
            return told;
        }).toList();
        builder.withDetail("rows", rows);
        work.stuck().forEach((name, trouble) -> builder.down().withDetail(name, Map.of("since", trouble.since().toString(),
                "times", trouble.times(), "cause", trouble.cause(), "remedy", "see the log; nothing of this kind is worked on")));
    }
}
