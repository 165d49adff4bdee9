-- Accounts that have answered 429 without saying for how long, and how much slower they are called since: somebody, perhaps
-- not we, uses the limit. No row: at full pace, and then a call costs nothing more than before.
-- amocrm_accounts.slowdowns, which made pauses longer and longer, is not used any more.
CREATE TABLE amocrm_paces (
    account     text        PRIMARY KEY,                 -- the configured name
    part        float8      NOT NULL CHECK (part > 0 AND part <= 1), -- of the full pace, just after the last slowing down
    slowed_call bigint      NOT NULL,                    -- the newest call then: what was on its way slows down no further
    slowed_at   timestamptz NOT NULL,                    -- when
    last_at     timestamptz                              -- when a call was taken last
);

-- Whether the log was told of the trouble in state and cause: once, by one node, and of an outage only when it lasts.
ALTER TABLE amocrm_accounts ADD COLUMN told boolean NOT NULL DEFAULT false;
UPDATE amocrm_accounts SET told = true WHERE state <> 'ok';

-- What part of the full pace an account is called at, from 0 to 1.
-- Halved by a 429, it grows with every call that is answered otherwise: its square by 0.1 a call, that is, the faster the
-- slower it goes, and at most to the double. So 8 calls lead from the half back to the full pace, 10 from anywhere near.
-- Where each call has the same chance q of a 429, a halving takes off what 1/q calls add: 3/4 top² = 0.1/q, so that the pace
-- goes up and down between top/2 and top = sqrt(0.133/q), three quarters of the top on average. Of 7 calls a second (250 a
-- minute are 4.2 a second) are sent on average: at q = 5 % 6.2, at 10 % 5.6, which the minute's window would stop anyway; at
-- 20 % 4.3, at 50 % 2.7. Where another integration leaves a part of the limit, the top is that part.
CREATE FUNCTION amocrm_pace(wanted_account text) RETURNS float8
LANGUAGE sql VOLATILE AS $$
    SELECT coalesce((
        SELECT least(1, sqrt(part * part + 0.1 * answered), part * power(2, answered))
        FROM amocrm_paces p, LATERAL (
            SELECT count(*) AS answered FROM (
                SELECT FROM amocrm_calls c
                WHERE c.account = p.account AND c.id > p.slowed_call AND c.ends_at <= clock_timestamp() LIMIT 10) AS recent) AS calls
        WHERE p.account = wanted_account), 1)
$$;

-- Calls a second that the widest of an account's windows allows: the full pace.
CREATE FUNCTION amocrm_full_pace(sizes int[], spans interval[]) RETURNS float8
LANGUAGE sql IMMUTABLE AS $$
    SELECT max(size / extract(epoch FROM span))::float8 FROM unnest(sizes, spans) AS windows(size, span)
$$;

-- Halves the pace of an account after a 429, at most once a burst: calls that were on their way when it was last halved
-- say nothing new. At least one call in five seconds is left, to find out when it is over.
--   refused_call:    the call that was answered 429
--   sizes and spans: the windows, as for take_amocrm_call
--   returns whether the account was at full pace before, and had been for a minute
CREATE FUNCTION slow_amocrm_down(wanted_account text, refused_call bigint, sizes int[], spans interval[]) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    slowest CONSTANT float8 := 0.2;
    known  amocrm_paces;
    slower float8;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('amocrm_calls:' || wanted_account));
    SELECT * INTO known FROM amocrm_paces WHERE account = wanted_account;
    IF known.slowed_call >= refused_call THEN
        RETURN false;
    END IF;
    slower := greatest(amocrm_pace(wanted_account) / 2, least(slowest / amocrm_full_pace(sizes, spans), 1));
    INSERT INTO amocrm_paces (account, part, slowed_call, slowed_at, last_at)
    SELECT wanted_account, slower, CASE WHEN is_called THEN last_value ELSE 0 END, clock_timestamp(), clock_timestamp()
    FROM amocrm_calls_id_seq
    ON CONFLICT (account) DO UPDATE SET part = excluded.part, slowed_call = excluded.slowed_call, slowed_at = excluded.slowed_at;
    RETURN known.account IS NULL;
END
$$;

-- As in V2; and an account that is slowed down gets its calls one by one, each so long after the one before as its pace
-- asks, longer for what can wait, so that live work goes first.
CREATE OR REPLACE FUNCTION take_amocrm_call(wanted_account text, sizes int[], spans interval[], share float8,
                                            OUT call_id bigint, OUT wait_ms bigint)
LANGUAGE plpgsql AS $$
DECLARE
    -- longer than any call can take: a call whose caller died is over then
    longest CONSTANT interval := interval '40 s';
    -- a call on its way may end at any time: look again soon
    soon    CONSTANT interval := interval '50 ms';
    -- so long after the last 429 an account is well again, if the pace is full
    well    CONSTANT interval := interval '1 min';
    -- the clock, not the transaction's start: the wait for the lock counts
    moment timestamptz;
    filled timestamptz;
    wait   interval;
    slowed amocrm_paces;
    pace   float8;
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
    SELECT * INTO slowed FROM amocrm_paces WHERE account = wanted_account;
    IF FOUND THEN
        pace := amocrm_pace(wanted_account);
        IF pace < 1 THEN
            -- a clock that was set back makes nobody wait for it
            wait := greatest(wait, least(slowed.last_at, moment) - moment
                    + make_interval(secs => 1 / (pace * share * amocrm_full_pace(sizes, spans))));
        ELSIF slowed.slowed_at < moment - well THEN
            DELETE FROM amocrm_paces WHERE account = wanted_account;
        END IF;
    END IF;
    wait_ms := ceil(extract(epoch FROM wait) * 1000);
    IF wait <= interval '0' THEN
        INSERT INTO amocrm_calls (account, ends_at) VALUES (wanted_account, moment + longest) RETURNING id INTO call_id;
        DELETE FROM amocrm_calls WHERE account = wanted_account AND ends_at < moment - interval '2 hours';
        IF slowed.account IS NOT NULL THEN
            UPDATE amocrm_paces SET last_at = moment, slowed_at = least(slowed_at, moment) WHERE account = wanted_account;
        END IF;
    END IF;
END
$$;
