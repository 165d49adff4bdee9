-- Works on events once more that were told again in the same words without a time of the change, once amoCRM's time of repeating
-- is over (store_webhook_events puts them down). What waits or failed is worked on in any case. Returns how many.
WITH due AS (
    DELETE FROM webhook_second_looks WHERE due_at <= now() RETURNING event_id
), again AS (
    UPDATE amocrm_webhook_events event
    SET processed = false, outcome = NULL, processed_at = NULL, attempts = 0, failures = 0, lapses = 0, next_attempt_at = now(),
        locked_until = NULL, lease = NULL
    FROM due WHERE event.id = due.event_id AND event.outcome = 'done' AND event.payload <> '{}'
    RETURNING 1
)
SELECT count(*) FROM again
