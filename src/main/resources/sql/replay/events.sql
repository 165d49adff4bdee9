-- Chooses webhook events and, unless it is a dry run, lets them be worked on once more. One statement, one commit.
-- The effects that they owed keep their keys, so none of them happens twice. What nobody can work on (unparsed, of an
-- account that is not ours, emptied by the retention) is kept as it is.
WITH chosen AS (
    SELECT id, event_type AS kind, account, coalesce(outcome, 'waiting') AS state, CASE
               WHEN lease IS NOT NULL AND locked_until > now() THEN 'underWay'
               WHEN outcome IS NULL THEN 'waiting'
               WHEN outcome IN ('unparsed', 'unknown-account') OR account = '' OR payload = '{}' THEN 'kept'
               ELSE 'replayed' END AS fate
    FROM amocrm_webhook_events
    WHERE coalesce(outcome, 'waiting') = ANY (string_to_array(:states, ','))
      AND (CAST(:ids AS text) IS NULL OR id = ANY (CAST(string_to_array(:ids, ',') AS bigint[])))
      AND (CAST(:kinds AS text) IS NULL OR event_type = ANY (string_to_array(:kinds, ',')))
      AND (CAST(:from AS timestamptz) IS NULL OR ts >= CAST(:from AS timestamptz))
      AND (CAST(:to AS timestamptz) IS NULL OR ts < CAST(:to AS timestamptz))
      AND (CAST(:account AS text) IS NULL OR account = :account)
      AND (CAST(:deal AS text) IS NULL
           OR entity_type = 'lead' AND amocrm_entity_id = :deal
           OR event_type = 'note.add' AND payload ->> 'element_id' = :deal)
    ORDER BY outcome IS NULL, outcome IN ('unparsed', 'unknown-account'), id
    LIMIT :limit
    FOR UPDATE
), replayed AS (
    UPDATE amocrm_webhook_events event
    SET processed = false, outcome = NULL, processed_at = NULL, attempts = 0, failures = 0, lapses = 0, next_attempt_at = now(),
        locked_until = NULL, lease = NULL
    FROM chosen WHERE event.id = chosen.id AND chosen.fate = 'replayed' AND NOT :dryRun
)
SELECT fate, kind, account, state, count(*) AS count, (array_agg(id ORDER BY id))[1 : 10] AS sample
FROM chosen GROUP BY fate, kind, account, state ORDER BY fate DESC, kind, account, state
