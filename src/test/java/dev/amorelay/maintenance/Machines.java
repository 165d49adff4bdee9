package dev.amorelay.maintenance;

import dev.amorelay.database.RealTables;
import org.junit.jupiter.api.BeforeEach;

/** The real tables, empty before each test. */
abstract class Machines extends RealTables {

    @BeforeEach
    void emptyTables() {
        jdbc.execute("TRUNCATE machine_instances, amocrm_accounts, amocrm_deals, clients, telegram_users, outbox, deal_maintenance_dates,"
                + " model_consumables, deal_metadata_mappings CASCADE");
    }
}
