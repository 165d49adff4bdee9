-- As in V8, and a row whose worker died rests beyond the end of its lease: the other side may still be at it, and whoever
-- looks too early for what it makes does not find it, and makes it again.
CREATE FUNCTION claim_outbox(wanted_kind text, wanted_account text, batch int, lease_for interval, rest interval)
    RETURNS SETOF outbox
LANGUAGE sql AS $$
    WITH due AS (
        SELECT id FROM outbox
        WHERE kind = wanted_kind AND account = wanted_account
          AND status IN ('pending', 'failed') AND next_attempt_at <= now()
          AND (locked_until IS NULL OR locked_until < now() - rest)
          AND NOT is_paused(wanted_account) AND NOT is_kind_paused(wanted_kind)
        ORDER BY next_attempt_at, id
        LIMIT batch
        FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE outbox o
        SET locked_until = now() + lease_for, lease = nextval('lease_numbers'), attempts = o.attempts + 1,
            in_doubt = o.in_doubt OR o.lease IS NOT NULL
        FROM due WHERE o.id = due.id
        RETURNING o.*
    )
    SELECT * FROM claimed ORDER BY id
$$;
