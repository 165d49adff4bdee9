-- Stores a lead and what it owes (the deal in the CRM, the mail copy) in one commit.
-- The key makes a repeated post the same lead: the first post draws it, every later one within its time gets
-- the first one's lead_id and stores nothing. Two posts at once take turns on the key's row.
WITH drawn AS (
    INSERT INTO lead_keys AS known (key, lead_id, expires_at)
    VALUES (:#key, CAST(:#id AS uuid), now() + CAST(:#valid_for AS interval))
    ON CONFLICT (key) DO UPDATE SET
        lead_id    = CASE WHEN known.expires_at < now() THEN excluded.lead_id ELSE known.lead_id END,
        expires_at = CASE WHEN known.expires_at < now() THEN excluded.expires_at ELSE known.expires_at END
    RETURNING lead_id
), stored AS (
    INSERT INTO leads (id, source, name, phone, phone_e164, email, message, telegram_id, price, meta, remarks, account)
    SELECT lead_id, :#source, :#name, :#phone, :#phone_e164, :#email, :#message,
           CAST(:#telegram_id AS bigint), :#price, CAST(:#meta AS jsonb), CAST(:#remarks AS jsonb), :#account
    FROM drawn WHERE lead_id = CAST(:#id AS uuid)
    RETURNING id, account
), owed AS (
    INSERT INTO outbox (kind, account, dedupe_key, subject_id)
    SELECT 'crm.lead', account, 'crm.lead:' || id, id FROM stored
    UNION ALL
    SELECT 'mail.lead-copy', '', 'mail.lead-copy:' || id, id FROM stored
)
SELECT CAST(lead_id AS text) AS lead_id FROM drawn
