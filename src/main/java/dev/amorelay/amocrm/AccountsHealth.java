package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Detail {@code crmAccounts} of the management port's health: each account's state with cause and remedy. It stays UP: the relay takes and keeps. */
@Component("crmAccountsHealthIndicator")
class AccountsHealth extends AbstractHealthIndicator {

    private final AccountsDoor door;

    AccountsHealth(AccountsDoor door) {
        super("the accounts' states cannot be read");
        this.door = door;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        for (JsonNode account : door.states().path("accounts")) {
            builder.withDetail(account.path("name").asText(), account.path("state").asText().equals("ok") ? Map.of("state", "ok")
                    : Map.of("state", account.path("state").asText(), "cause", account.path("cause").asText(),
                            "remedy", account.path("remedy").asText(), "since", account.path("since").asText()));
        }
    }
}
