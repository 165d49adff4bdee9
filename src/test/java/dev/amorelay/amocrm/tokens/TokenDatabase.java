package dev.amorelay.amocrm.tokens;

import dev.amorelay.database.RealTables;
import org.junit.jupiter.api.BeforeEach;

/** The real tables, empty before each test. */
abstract class TokenDatabase extends RealTables {

    @BeforeEach
    void emptyTables() {
        jdbc.execute("TRUNCATE oauth_tokens, amocrm_accounts, amocrm_calls, amocrm_paces");
    }
}
