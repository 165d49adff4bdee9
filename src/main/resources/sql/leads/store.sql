-- Stores leads and what they owe (usually the deal in the CRM and the mail copy) in one commit.
-- The key makes a repeated post the same lead: the first post draws it, every later one within its time gets
-- the first one's lead_id and stores nothing. Two commits with the same keys take turns on the keys' rows, which both
-- take in the same order.
WITH posted AS (
    SELECT *
    FROM ROWS FROM (jsonb_to_recordset(?::jsonb) AS (id uuid, source text, name text, phone text, phone_e164 text,
             email text, message text, telegram_id bigint, price bigint, account text, key text, valid_for interval,
             stranger_hold bigint, person_hold bigint, remarks jsonb, meta jsonb, owes jsonb))
         WITH ORDINALITY AS p(id, source, name, phone, phone_e164, email, message, telegram_id, price, account, key,
             valid_for, stranger_hold, person_hold, remarks, meta, owes, place)
), first AS (
    SELECT DISTINCT ON (key) * FROM posted ORDER BY key, place
), drawn AS (
    INSERT INTO lead_keys AS known (key, lead_id, expires_at)
    SELECT key, id, now() + valid_for FROM first ORDER BY key
    ON CONFLICT (key) DO UPDATE SET
        lead_id    = CASE WHEN known.expires_at < now() THEN excluded.lead_id ELSE known.lead_id END,
        expires_at = CASE WHEN known.expires_at < now() THEN excluded.expires_at ELSE known.expires_at END
    RETURNING key, lead_id
), stored AS (
    INSERT INTO leads (id, source, name, phone, phone_e164, email, message, telegram_id, price, meta, remarks, account)
    SELECT id, source, name, phone, phone_e164, email, message, telegram_id, price, meta, remarks, account
    FROM first JOIN drawn USING (key) WHERE lead_id = id
    RETURNING id, account
), owed AS (
    INSERT INTO outbox (kind, account, dedupe_key, subject_id, payload, next_attempt_at)
    SELECT debt.kind, CASE WHEN debt.kind LIKE 'crm.%' THEN stored.account ELSE '' END, debt.kind || ':' || id, id,
           coalesce(debt.payload, '{}'),
           -- what many others hold up goes at once where we know the person
           now() + interval '1 ms' * greatest(person_hold, CASE WHEN stranger_hold > 0 AND NOT EXISTS (
               SELECT FROM amocrm_contacts known
               WHERE NOT known.deleted AND (known.phones @> ARRAY[phone_e164] OR lowered(known.emails) @> ARRAY[lower(email)])
           ) THEN stranger_hold ELSE 0 END)
    FROM stored JOIN first USING (id)
    CROSS JOIN LATERAL jsonb_to_recordset(owes) AS debt(kind text, payload jsonb)
)
SELECT drawn.lead_id::text FROM posted JOIN drawn USING (key) ORDER BY place
