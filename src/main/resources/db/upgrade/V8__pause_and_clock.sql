-- Kinds of work that a person has paused, for all nodes: doors go on accepting, and what is owed waits.
CREATE TABLE paused_kinds (
    kind  text PRIMARY KEY,                              -- an effect's kind, or inbox for all webhook events
    since timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION is_kind_paused(wanted_kind text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM paused_kinds WHERE kind = wanted_kind)
$$;

-- As in V2, and nothing of a paused kind.
CREATE OR REPLACE FUNCTION claim_outbox(wanted_kind text, wanted_account text, batch int, lease_for interval)
    RETURNS SETOF outbox
LANGUAGE sql AS $$
    WITH due AS (
        SELECT id FROM outbox
        WHERE kind = wanted_kind AND account = wanted_account
          AND status IN ('pending', 'failed') AND next_attempt_at <= now()
          AND (locked_until IS NULL OR locked_until < now())
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

CREATE OR REPLACE FUNCTION claim_webhook_events(wanted_account text, batch int, lease_for interval)
    RETURNS SETOF amocrm_webhook_events
LANGUAGE sql AS $$
    WITH due AS (
        SELECT id FROM amocrm_webhook_events
        WHERE account = wanted_account AND processed = false AND outcome IS NULL AND next_attempt_at <= now()
          AND (locked_until IS NULL OR locked_until < now())
          AND NOT is_paused(wanted_account) AND NOT is_kind_paused('inbox')
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

-- What is set aside is looked for by itself.
CREATE INDEX outbox_dead ON outbox (kind, account, id) WHERE status = 'dead';
CREATE INDEX amocrm_webhook_events_dead ON amocrm_webhook_events (account, id) WHERE outcome = 'dead';

-- The database's clock as a node last saw it. Leases, waits and windows are all told by this clock.
CREATE TABLE clock_seen (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    seen_at  timestamptz NOT NULL
);
INSERT INTO clock_seen (seen_at) VALUES (now());

-- Looks at the clock, every few seconds. When it was set back, everything that lies in the future moves back with it:
-- else leases of the dead would last for an hour, and windows would stay full for as long. A lease is only cut to its
-- full length from now, so that nobody alive loses one. Returns how far the clock was set back, null when it was not.
CREATE FUNCTION heed_clock(lease_for interval) RETURNS interval
LANGUAGE plpgsql AS $$
DECLARE
    slack CONSTANT interval := interval '2 s';
    moment timestamptz;
    step   interval;
BEGIN
    -- one node looks at a time
    SELECT seen_at - clock_timestamp() INTO step FROM clock_seen FOR UPDATE SKIP LOCKED;
    IF step IS NULL THEN
        RETURN NULL;
    END IF;
    moment := clock_timestamp();
    UPDATE clock_seen SET seen_at = moment;
    IF step < slack THEN
        RETURN NULL;
    END IF;
    UPDATE outbox SET locked_until = least(locked_until, moment + lease_for),
                      next_attempt_at = CASE WHEN next_attempt_at > moment THEN next_attempt_at - step ELSE next_attempt_at END
    WHERE status IN ('pending', 'failed') AND (locked_until > moment + lease_for OR next_attempt_at > moment);
    UPDATE amocrm_webhook_events SET locked_until = least(locked_until, moment + lease_for),
                      next_attempt_at = CASE WHEN next_attempt_at > moment THEN next_attempt_at - step ELSE next_attempt_at END
    WHERE NOT processed AND outcome IS NULL AND (locked_until > moment + lease_for OR next_attempt_at > moment);
    UPDATE amocrm_accounts SET paused_until = paused_until - step WHERE paused_until > moment;
    UPDATE amocrm_calls SET ends_at = ends_at - step WHERE ends_at > moment;
    UPDATE contact_claims SET claimed_until = claimed_until - step WHERE claimed_until > moment;
    UPDATE lead_keys SET expires_at = expires_at - step WHERE expires_at > moment AND expires_at < 'infinity';
    UPDATE oauth_tokens SET refreshing_until = refreshing_until - step WHERE refreshing_until > moment;
    UPDATE oauth_tokens SET retry_at = retry_at - step WHERE retry_at > moment AND retry_at < 'infinity';
    RETURN step;
END
$$;
