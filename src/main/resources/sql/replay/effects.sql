-- Chooses effects and, unless it is a dry run, makes them pending again. One statement, one commit.
-- What is done stays done, whatever is asked; what a worker holds at this moment is left to it; what may have arrived
-- although its outcome was unknown twice is performed a third time only when that is asked for.
-- Those that can be replayed come first, so that the limit is not eaten up by those that cannot.
WITH chosen AS (
    SELECT id, kind, account, status AS state, CASE
               WHEN status = 'done' THEN 'kept'
               WHEN lease IS NOT NULL AND locked_until > now() THEN 'underWay'
               WHEN status = 'pending' THEN 'waiting'
               WHEN in_doubt AND repeated AND NOT :evenIfItMayHaveArrived THEN 'mayHaveArrived'
               ELSE 'replayed' END AS fate
    FROM outbox
    WHERE status = ANY (string_to_array(:states, ','))
      AND (CAST(:ids AS text) IS NULL OR id = ANY (CAST(string_to_array(:ids, ',') AS bigint[])))
      AND (CAST(:kinds AS text) IS NULL OR kind = ANY (string_to_array(:kinds, ',')))
      AND (CAST(:from AS timestamptz) IS NULL OR created_at >= CAST(:from AS timestamptz))
      AND (CAST(:to AS timestamptz) IS NULL OR created_at < CAST(:to AS timestamptz))
      AND (CAST(:cause AS text) IS NULL OR dead_by_refusal(kind, last_error, dead_since))
      -- of a deal: its own, those of the lead that it was made of, those of the machines that were sold with it
      AND (CAST(:account AS text) IS NULL OR account = :account OR account = '' AND CAST(:deal AS text) IS NOT NULL)
      AND (CAST(:deal AS text) IS NULL
           OR account = :account AND subject_id = :deal
           OR subject_id IN (SELECT CAST(l.id AS text) FROM leads l WHERE CAST(l.amo_lead_id AS text) = :deal AND l.account = :account)
           OR subject_id = :deal AND payload ->> 'account' = :account
           OR kind LIKE 'telegram.%' AND subject_id IN (SELECT serial_number FROM machine_instances m
                   JOIN amocrm_accounts a ON a.account_id = m.account_id
                   WHERE m.amocrm_deal_id = :deal AND a.name = :account))
    ORDER BY status IN ('done', 'pending'), in_doubt AND repeated, id
    LIMIT :limit
    FOR UPDATE
), replayed AS (
    UPDATE outbox effect
    SET status = 'pending', attempts = 0, failures = 0, lapses = 0, next_attempt_at = now(), done_at = NULL,
        locked_until = NULL, lease = NULL,
        -- a lease that ended was a worker's that died: how its attempt went is not known
        in_doubt = (effect.in_doubt OR effect.lease IS NOT NULL) AND NOT (effect.repeated AND :evenIfItMayHaveArrived),
        repeated = effect.repeated AND NOT :evenIfItMayHaveArrived
    FROM chosen WHERE effect.id = chosen.id AND chosen.fate = 'replayed' AND NOT :dryRun
)
SELECT fate, kind, account, state, count(*) AS count, (array_agg(id ORDER BY id))[1 : 10] AS sample
FROM chosen GROUP BY fate, kind, account, state ORDER BY fate DESC, kind, account, state
