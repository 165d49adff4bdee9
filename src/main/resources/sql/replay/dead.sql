-- What is set aside, newest first, with the reason; payloads, which hold names and phones, stay where they are.
SELECT * FROM (
    SELECT 'effect' AS what, id, kind, account, subject_id AS subject, attempts, last_error AS reason, created_at AS since,
           in_doubt AND repeated AS may_have_arrived
    FROM outbox WHERE status = 'dead'
    UNION ALL
    SELECT 'event', id, event_type, account, amocrm_entity_id, attempts, last_error, ts, false
    FROM amocrm_webhook_events WHERE outcome = 'dead'
) AS aside
ORDER BY since DESC, id DESC LIMIT :limit
