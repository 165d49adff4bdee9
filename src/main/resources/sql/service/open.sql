-- A client's request; where no phone was typed, the one that Telegram told counts.
INSERT INTO service_requests (machine_id, client_id, telegram_id, description, phone, photos, lead_id, account, idempotency_key)
SELECT ?, ?, ?, ?, coalesce(?, person.phone), CAST(? AS jsonb), ?, ?, ?
FROM (SELECT) AS always LEFT JOIN telegram_users person ON person.tg_id = ?
RETURNING id
