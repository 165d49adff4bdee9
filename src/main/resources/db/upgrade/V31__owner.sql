-- Whose this database is: a sandbox's, whose people and deals are invented, or a live relay's. Either refuses the other's, so that no
-- invented lead is delivered to a real account, and no real client's to a stand-in.
CREATE TABLE database_owner (
    one   boolean     PRIMARY KEY DEFAULT true CHECK (one),
    kind  text        NOT NULL CHECK (kind IN ('sandbox', 'live')),
    since timestamptz NOT NULL DEFAULT now()
);

-- A database of before tells by what stands in it: the stand-in's three accounts have these numbers, no real one has. An empty one
-- becomes whoever's starts first.
INSERT INTO database_owner (kind)
SELECT CASE WHEN EXISTS (SELECT FROM amocrm_accounts WHERE account_id NOT IN (31000001, 31000002, 31000003)) THEN 'live'
            WHEN to_regnamespace('sandbox') IS NOT NULL THEN 'sandbox'
            ELSE 'live' END
WHERE EXISTS (SELECT FROM leads) OR EXISTS (SELECT FROM amocrm_webhook_events);
