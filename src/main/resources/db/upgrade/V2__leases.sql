-- Claim by lease: a worker takes rows for ten seconds and renews while it lives; a dead worker's rows come back.
-- Each claim draws a new lease number, and only the holder of the newest may settle the row.
-- A row that still bears a lease when it is claimed was left by a worker that died: what it did is in doubt.
-- Rows of an account whose CRM is paused stay where they are.
-- amo-relay never holds a transaction open while it calls somebody.

CREATE SEQUENCE lease_numbers;

-- Whether calls to an account's CRM are held back now.
CREATE FUNCTION is_paused(wanted_account text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM amocrm_accounts WHERE name = wanted_account AND paused_until > now())
$$;

-- Takes up to batch effects of one kind and account that are due, in the order they were owed.
CREATE FUNCTION claim_outbox(wanted_kind text, wanted_account text, batch int, lease_for interval) RETURNS SETOF outbox
LANGUAGE sql AS $$
    WITH due AS (
        SELECT id FROM outbox
        WHERE kind = wanted_kind AND account = wanted_account
          AND status IN ('pending', 'failed') AND next_attempt_at <= now()
          AND (locked_until IS NULL OR locked_until < now()) AND NOT is_paused(wanted_account)
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

-- The same for webhook events of one account.
CREATE FUNCTION claim_webhook_events(wanted_account text, batch int, lease_for interval)
    RETURNS SETOF amocrm_webhook_events
LANGUAGE sql AS $$
    WITH due AS (
        SELECT id FROM amocrm_webhook_events
        WHERE account = wanted_account AND processed = false AND outcome IS NULL AND next_attempt_at <= now()
          AND (locked_until IS NULL OR locked_until < now()) AND NOT is_paused(wanted_account)
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

-- Makes room for one call to amoCRM, or says how long to wait. A sliding log: a call is in a window from the moment
-- it is taken until its answer plus the window's span, since nobody can tell when in between it arrives. So no window
-- is ever exceeded as amoCRM sees it, however long the way, and whatever the number of nodes; the advisory lock makes
-- the nodes take turns for the moment of the look.
--   sizes and spans: the windows, for example {7,250,7000} and {1 s, 1 min, 1 h}
--   share:           how full a window may be for this caller: 1 for live work, less for what can wait
--   call_id:         the call, to be ended with its answer; null when there is no room
--   wait_ms:         until there may be room, or until the account's pause ends
CREATE FUNCTION take_amocrm_call(wanted_account text, sizes int[], spans interval[], share float8,
                                 OUT call_id bigint, OUT wait_ms bigint)
LANGUAGE plpgsql AS $$
DECLARE
    -- longer than any call can take: a call whose caller died is over then
    longest CONSTANT interval := interval '40 s';
    -- a call on its way may end at any time: look again soon
    soon    CONSTANT interval := interval '50 ms';
    -- the clock, not the transaction's start: the wait for the lock counts
    moment timestamptz;
    filled timestamptz;
    wait   interval;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('amocrm_calls:' || wanted_account));
    moment := clock_timestamp();
    SELECT paused_until - moment INTO wait FROM amocrm_accounts WHERE name = wanted_account AND paused_until > moment;
    wait := coalesce(wait, interval '0');
    FOR i IN 1 .. array_length(sizes, 1) LOOP
        filled := NULL;
        SELECT ends_at INTO filled FROM amocrm_calls
        WHERE account = wanted_account AND ends_at > moment - spans[i]
        ORDER BY ends_at DESC OFFSET greatest(floor(sizes[i] * share)::int, 1) - 1 LIMIT 1;
        IF filled > moment THEN
            wait := greatest(wait, soon);
        ELSIF filled IS NOT NULL THEN
            wait := greatest(wait, filled + spans[i] - moment);
        END IF;
    END LOOP;
    wait_ms := ceil(extract(epoch FROM wait) * 1000);
    IF wait = interval '0' THEN
        INSERT INTO amocrm_calls (account, ends_at) VALUES (wanted_account, moment + longest) RETURNING id INTO call_id;
        DELETE FROM amocrm_calls WHERE account = wanted_account AND ends_at < moment - interval '2 hours';
    END IF;
END
$$;

-- What the health check draws from, to see that the database can store.
CREATE SEQUENCE health_probes CYCLE MAXVALUE 1000000;
