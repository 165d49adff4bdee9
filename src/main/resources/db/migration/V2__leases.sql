-- Claim by lease: a worker takes rows for ten seconds and renews while it lives; a dead worker's rows come back.
-- Each claim draws a new lease number, and only the holder of the newest may settle the row.
-- A row that still bears a lease when it is claimed was left by a worker that died: what it did is in doubt.
-- amo-relay never holds a transaction open while it calls somebody.

CREATE SEQUENCE lease_numbers;

-- Takes up to batch effects of one kind that are due. Rows come in the order they were owed.
CREATE FUNCTION claim_outbox(wanted_kind text, batch int, lease_for interval) RETURNS SETOF outbox
LANGUAGE sql AS $$
    WITH due AS (
        SELECT id FROM outbox
        WHERE kind = wanted_kind AND status IN ('pending', 'failed') AND next_attempt_at <= now()
          AND (locked_until IS NULL OR locked_until < now())
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

-- The same for webhook events.
CREATE FUNCTION claim_webhook_events(batch int, lease_for interval) RETURNS SETOF amocrm_webhook_events
LANGUAGE sql AS $$
    WITH due AS (
        SELECT id FROM amocrm_webhook_events
        WHERE processed = false AND outcome IS NULL AND next_attempt_at <= now()
          AND (locked_until IS NULL OR locked_until < now())
        ORDER BY next_attempt_at, id
        LIMIT batch
        FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE amocrm_webhook_events e
        SET locked_until = now() + lease_for, lease = nextval('lease_numbers'), attempts = e.attempts + 1,
            in_doubt = e.in_doubt OR e.lease IS NOT NULL
        FROM due WHERE e.id = due.id
        RETURNING e.*
    )
    SELECT * FROM claimed ORDER BY id
$$;

-- Makes room for one call to amoCRM, or says how long to wait: returns 0 and notes the call when every window
-- has room, else the milliseconds until the fullest one does. A sliding log, so no window is ever exceeded,
-- whatever the number of nodes; the advisory lock makes the nodes take turns for the moment of the look.
--   sizes and spans: the windows, for example {7,250,7000} and {1 s, 1 min, 1 h}
CREATE FUNCTION take_amocrm_call(wanted_account text, sizes int[], spans interval[]) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    -- the clock, not the transaction's start: the wait for the lock counts
    moment timestamptz;
    filled timestamptz;
    wait   interval := interval '0';
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('amocrm_calls:' || wanted_account));
    moment := clock_timestamp();
    FOR i IN 1 .. array_length(sizes, 1) LOOP
        SELECT at INTO filled FROM amocrm_calls
        WHERE account = wanted_account AND at > moment - spans[i]
        ORDER BY at DESC OFFSET sizes[i] - 1 LIMIT 1;
        IF filled IS NOT NULL THEN
            wait := greatest(wait, filled + spans[i] - moment);
        END IF;
    END LOOP;
    IF wait > interval '0' THEN
        RETURN ceil(extract(epoch FROM wait) * 1000);
    END IF;
    INSERT INTO amocrm_calls (account, at) VALUES (wanted_account, moment);
    DELETE FROM amocrm_calls WHERE account = wanted_account AND at < moment - interval '2 hours';
    RETURN 0;
END
$$;

-- What the health check draws from, to see that the database can store.
CREATE SEQUENCE health_probes CYCLE MAXVALUE 1000000;
