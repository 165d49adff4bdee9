-- All functions and triggers, each in one place for ever. Flyway runs this file after the numbered migrations, and again whenever it
-- has changed: so it replaces, and says DROP … IF EXISTS first where a signature changes. No numbered migration may call one of these:
-- in a new database they come last. What an index stands on (lowered, serial_key) is beside its index.

-- The queue ------------------------------------------------------------------------------------------------------------------------------

-- Claim by lease: a worker takes rows for some seconds and renews while it lives; a dead worker's rows come back.
-- Each claim draws a new lease number, and only the holder of the newest may settle the row.
-- A row that still bears a lease when it is claimed was left by a worker that died: what it did is in doubt.
-- Rows of an account whose CRM is paused, and of a paused kind, stay where they are.
-- amo-relay never holds a transaction open while it calls somebody.

-- Whether calls to an account's CRM are held back now.
CREATE OR REPLACE FUNCTION is_paused(wanted_account text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM amocrm_accounts WHERE name = wanted_account AND paused_until > now())
$$;

-- Whether a kind of work is: a person has paused it, or nothing can be sent to Telegram, and its messages keep their places and wear
-- none of themselves out.
CREATE OR REPLACE FUNCTION is_kind_paused(wanted_kind text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM paused_kinds WHERE kind = wanted_kind)
        OR wanted_kind LIKE 'telegram.%' AND EXISTS (SELECT FROM telegram_trouble)
$$;

-- How many rows are claimed together that so many workers have died over, this time counted in. Nobody knows which of them is to blame,
-- if any: a process that is killed leaves all that it had claimed. So each time a quarter goes together, until it is one alone. What
-- nobody, or one, died over goes by the batch: nodes are restarted, and fifty leads in one call are not to become fifty calls.
CREATE OR REPLACE FUNCTION claim_size(batch int, deaths int) RETURNS int
LANGUAGE sql IMMUTABLE AS $$
    SELECT greatest(1, batch >> least(30, 2 * greatest(0, deaths - 1)))
$$;

-- Takes up to batch effects of one kind and account that are due, in the order they were owed. A row whose worker died rests
-- beyond the end of its lease: the other side may still be at it, and whoever looks too early for what it makes does not find
-- it, and makes it again.
DROP FUNCTION IF EXISTS claim_outbox(text, text, int, interval);
CREATE OR REPLACE FUNCTION claim_outbox(wanted_kind text, wanted_account text, batch int, lease_for interval, rest interval)
    RETURNS SETOF outbox
LANGUAGE sql AS $$
    WITH near AS (
        SELECT id, next_attempt_at, greatest(1, lapses + (lease IS NOT NULL)::int) AS deaths FROM outbox
        WHERE kind = wanted_kind AND account = wanted_account
          AND status IN ('pending', 'failed') AND next_attempt_at <= now()
          AND (locked_until IS NULL OR locked_until < now() - rest)
          AND NOT is_paused(wanted_account) AND NOT is_kind_paused(wanted_kind)
        ORDER BY next_attempt_at, id
        LIMIT batch
        FOR UPDATE SKIP LOCKED
    ), first AS (
        SELECT deaths FROM near ORDER BY next_attempt_at, id LIMIT 1
    ), due AS (
        SELECT id FROM near WHERE deaths = (SELECT deaths FROM first)
        ORDER BY next_attempt_at, id
        LIMIT claim_size(batch, (SELECT deaths FROM first))
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
CREATE OR REPLACE FUNCTION claim_webhook_events(wanted_account text, batch int, lease_for interval)
    RETURNS SETOF amocrm_webhook_events
LANGUAGE sql AS $$
    WITH near AS (
        SELECT id, next_attempt_at, greatest(1, lapses + (lease IS NOT NULL)::int) AS deaths FROM amocrm_webhook_events
        WHERE account = wanted_account AND processed = false AND outcome IS NULL AND next_attempt_at <= now()
          AND (locked_until IS NULL OR locked_until < now())
          AND NOT is_paused(wanted_account) AND NOT is_kind_paused('inbox')
        ORDER BY next_attempt_at, id
        LIMIT batch
        FOR UPDATE SKIP LOCKED
    ), first AS (
        SELECT deaths FROM near ORDER BY next_attempt_at, id LIMIT 1
    ), due AS (
        SELECT id FROM near WHERE deaths = (SELECT deaths FROM first)
        ORDER BY next_attempt_at, id
        LIMIT claim_size(batch, (SELECT deaths FROM first))
    ), claimed AS (
        UPDATE amocrm_webhook_events e
        SET locked_until = now() + lease_for, lease = nextval('lease_numbers'), attempts = e.attempts + 1,
            in_doubt = e.in_doubt OR e.lease IS NOT NULL
        FROM due WHERE e.id = due.id
        RETURNING e.*
    )
    SELECT * FROM claimed ORDER BY id
$$;

-- Claims that ended without a word: the worker died over the row, or was held up for longer than its lease. A row that kills
-- whoever takes it would else be claimed for ever. By a trigger, so that every way to claim counts; a claim that was given back,
-- postponed or settled has ended its lease, and does not count.
CREATE OR REPLACE FUNCTION count_lapse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.lapses := OLD.lapses + 1;
    RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER outbox_lapses BEFORE UPDATE OF lease ON outbox
    FOR EACH ROW WHEN (NEW.lease <> OLD.lease) EXECUTE FUNCTION count_lapse();
CREATE OR REPLACE TRIGGER amocrm_webhook_events_lapses BEFORE UPDATE OF lease ON amocrm_webhook_events
    FOR EACH ROW WHEN (NEW.lease <> OLD.lease) EXECUTE FUNCTION count_lapse();

-- Looks at the clock, every few seconds. When it was set back, everything that lies in the future moves back with it:
-- else leases of the dead would last for an hour, and windows would stay full for as long. A lease is only cut to its
-- full length from now, so that nobody alive loses one. Returns how far the clock was set back, null when it was not.
CREATE OR REPLACE FUNCTION heed_clock(lease_for interval) RETURNS interval
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

-- In doubt an event is new: to read a deal once more costs a call, to swallow an event costs a sale. What is told again in the
-- same words is a repeat only where that is certain; else it is an event of its own, whose hash goes over how often it was told, too.

-- The hash of what is told in the same words for the n-th time after the first.
CREATE OR REPLACE FUNCTION hash_told_again(first_hash text, n bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE n WHEN 0 THEN first_hash ELSE encode(sha256(convert_to(first_hash || ' told again ' || n, 'UTF8')), 'hex') END
$$;

-- Stores what has arrived at the doors, in one commit, and answers how many events were new. The usual case, nothing was told
-- before, is one INSERT. In the order of the hashes, so that two commits with the same events wait for each other and not in a circle.
--   hashes: of what was told first in these words (EventHash)
--   dated: whether the body tells when the change was
--   hooks: from 0, which of the bodies that share this commit tells it; they arrived in this order, a microsecond apart
CREATE OR REPLACE FUNCTION store_webhook_events(types text[], entities text[], ids text[], hashes text[], payloads text[], numbers bigint[],
                                     accounts text[], dated boolean[], hooks int[]) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
    -- amoCRM repeats after 5, 15, 15 and 60 minutes; the Digital Pipeline, whose bodies tell no time, within an hour
    dated_window   CONSTANT interval := interval '2 hours';
    undated_window CONSTANT interval := interval '65 minutes';
    -- the earliest repeat of amoCRM's comes after five minutes; within seconds it is one change told in two ways
    at_once        CONSTANT interval := interval '1 minute';
    -- what an action tells beside the state of the entity
    former         CONSTANT text[] := ARRAY['old_status_id', 'old_pipeline_id', 'old_responsible_user_id'];
    fresh  int;
    told   record;
    last   amocrm_webhook_events;
    low    bigint;
    high   bigint;
    middle bigint;
    span   interval;
BEGIN
    INSERT INTO amocrm_webhook_events
           (ts, event_type, entity_type, amocrm_entity_id, event_hash, payload, account_id, account, outcome)
    SELECT now() + hook * interval '1 microsecond', type, entity, id, hash, payload::jsonb, number, account,
           CASE WHEN type = 'unparsed' THEN 'unparsed' WHEN account = '' THEN 'unknown-account' END
    FROM unnest(types, entities, ids, hashes, payloads, numbers, accounts, hooks)
         WITH ORDINALITY AS e(type, entity, id, hash, payload, number, account, hook, place)
    ORDER BY hash, place
    ON CONFLICT ((md5(event_hash)::uuid)) DO NOTHING;
    GET DIAGNOSTICS fresh = ROW_COUNT;
    IF fresh = cardinality(hashes) THEN
        RETURN fresh;
    END IF;

    -- one at a time decides, so that nobody waits in a circle, and of two who are told the same the second sees the first
    PERFORM pg_advisory_xact_lock(hashtext('store_webhook_events'));
    FOR told IN
        SELECT e.*, now() + hook * interval '1 microsecond' AS at, row_number() OVER (PARTITION BY hash ORDER BY place) = 1 AS first
        FROM unnest(types, entities, ids, hashes, payloads, numbers, accounts, dated, hooks)
             WITH ORDINALITY AS e(type, entity, id, hash, payload, number, account, dated, hook, place)
        ORDER BY place
    LOOP
        SELECT * INTO last FROM amocrm_webhook_events WHERE md5(event_hash)::uuid = md5(told.hash)::uuid;
        -- stored a moment ago
        CONTINUE WHEN told.first AND last.ts = told.at;

        -- the newest that was told in these words: their numbers have no gaps
        low := 0;
        high := 1;
        WHILE EXISTS (SELECT FROM amocrm_webhook_events WHERE md5(event_hash)::uuid = md5(hash_told_again(told.hash, high))::uuid) LOOP
            low := high;
            high := high * 2;
        END LOOP;
        WHILE high - low > 1 LOOP
            middle := (low + high) / 2;
            IF EXISTS (SELECT FROM amocrm_webhook_events WHERE md5(event_hash)::uuid = md5(hash_told_again(told.hash, middle))::uuid) THEN
                low := middle;
            ELSE
                high := middle;
            END IF;
        END LOOP;
        IF low > 0 THEN
            SELECT * INTO last FROM amocrm_webhook_events WHERE md5(event_hash)::uuid = md5(hash_told_again(told.hash, low))::uuid;
        END IF;

        span := CASE WHEN told.dated THEN dated_window ELSE undated_window END;
        IF last.ts > told.at - span AND NOT EXISTS (
            -- something else was told of the entity in between
            SELECT FROM amocrm_webhook_events other
            WHERE other.entity_type = told.entity AND other.amocrm_entity_id = told.id AND other.account_id IS NOT DISTINCT FROM told.number
              AND other.id <> last.id AND (other.id > last.id OR other.ts > last.ts)
              -- but not what this commit stores of later bodies
              AND NOT (other.ts >= told.at AND other.xmin = pg_current_xact_id()::xid)
              -- nor what stood beside it in its body, and stands beside it again
              AND NOT (other.ts = last.ts AND EXISTS (
                  SELECT FROM unnest(hooks, types, payloads) AS beside(hook, type, payload)
                  WHERE beside.hook = told.hook AND beside.type = other.event_type AND beside.payload::jsonb = other.payload))
              -- nor the same state at the same time under another action, as an update is told beside each change of stage
              AND NOT (told.dated AND other.event_type !~ '\.(delete|restore)$'
                       AND other.payload - former = told.payload::jsonb - former)
        ) THEN
            IF NOT told.dated AND last.ts < told.at - at_once AND coalesce(last.outcome, 'done') = 'done' THEN
                INSERT INTO webhook_second_looks (event_id, due_at) VALUES (last.id, last.ts + span) ON CONFLICT DO NOTHING;
            END IF;
            CONTINUE;
        END IF;

        INSERT INTO amocrm_webhook_events
               (ts, event_type, entity_type, amocrm_entity_id, event_hash, payload, account_id, account, outcome)
        VALUES (told.at, told.type, told.entity, told.id,
                CASE WHEN last.id IS NULL THEN told.hash ELSE hash_told_again(told.hash, low + 1) END,
                told.payload::jsonb, told.number, told.account,
                CASE WHEN told.type = 'unparsed' THEN 'unparsed' WHEN told.account = '' THEN 'unknown-account' END)
        ON CONFLICT ((md5(event_hash)::uuid)) DO NOTHING;
        IF FOUND THEN
            fresh := fresh + 1;
        END IF;
    END LOOP;
    RETURN fresh;
END
$$;

-- Whether a dead effect was set aside by the rule of before: a refusal by amoCRM of whatever kind. Such a one can be replayed.
CREATE OR REPLACE FUNCTION dead_by_refusal(kind text, last_error text, dead_since timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT dead_since IS NULL AND kind LIKE 'crm.%' AND coalesce(last_error, '') ~
        '(→ (400|422)( |$)|(^|[; |])(responsible_user_id|status_id|pipeline_id|custom_fields_values|_embedded|name|price)[A-Za-z0-9_.]*: [A-Z?])'
$$;

-- amoCRM ---------------------------------------------------------------------------------------------------------------------------------

-- What part of the full pace an account is called at, from 0 to 1.
-- Halved by a 429, it grows with every call that is answered otherwise: its square by 0.1 a call, that is, the faster the
-- slower it goes, and at most to the double. So 8 calls lead from the half back to the full pace, 10 from anywhere near.
-- Where each call has the same chance q of a 429, a halving takes off what 1/q calls add: 3/4 top² = 0.1/q, so that the pace
-- goes up and down between top/2 and top = sqrt(0.133/q), three quarters of the top on average. Of 7 calls a second (250 a
-- minute are 4.2 a second) are sent on average: at q = 5 % 6.2, at 10 % 5.6, which the minute's window would stop anyway; at
-- 20 % 4.3, at 50 % 2.7. Where another integration leaves a part of the limit, the top is that part.
CREATE OR REPLACE FUNCTION amocrm_pace(wanted_account text) RETURNS float8
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
CREATE OR REPLACE FUNCTION amocrm_full_pace(sizes int[], spans interval[]) RETURNS float8
LANGUAGE sql IMMUTABLE AS $$
    SELECT max(size / extract(epoch FROM span))::float8 FROM unnest(sizes, spans) AS windows(size, span)
$$;

-- Halves the pace of an account after a 429, at most once a burst: calls that were on their way when it was last halved
-- say nothing new. At least one call in five seconds is left, to find out when it is over.
--   refused_call:    the call that was answered 429
--   sizes and spans: the windows, as for take_amocrm_call
--   returns whether the account was at full pace before, and had been for a minute
CREATE OR REPLACE FUNCTION slow_amocrm_down(wanted_account text, refused_call bigint, sizes int[], spans interval[]) RETURNS boolean
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

-- Makes room for one call to amoCRM, or says how long to wait. A sliding log: a call is in a window from the moment
-- it is taken until its answer plus the window's span, since nobody can tell when in between it arrives. So no window
-- is ever exceeded as amoCRM sees it, however long the way, and whatever the number of nodes; the advisory lock makes
-- the nodes take turns for the moment of the look. An account that is slowed down gets its calls one by one, each so long
-- after the one before as its pace asks, longer for what can wait, so that live work goes first.
--   sizes and spans: the windows, for example {7,250,7000} and {1 s, 1 min, 1 h}
--   share:           how full a window may be for this caller: 1 for live work, less for what can wait
--   call_id:         the call, to be ended with its answer; null when there is no room
--   wait_ms:         until there may be room, or until the account's pause ends
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

-- By which clock the days of an account are reckoned; what belongs to no account goes by the default one.
CREATE OR REPLACE FUNCTION account_zone(account bigint, usual text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce((SELECT time_zone FROM amocrm_accounts known
                     WHERE CASE WHEN account IS NULL THEN known.name = 'default' ELSE known.account_id = account END), usual)
$$;

-- What is sold and to whom ---------------------------------------------------------------------------------------------------------------

-- Who stores deals takes turns with whoever stores other deals of the same people: two deals of one phone with different
-- new contacts, stored at once, would else make two clients (see client_of). To be called first in the transaction, with
-- the people of all its deals: every lock is taken in one fixed order, so that no two transactions wait for each other.
-- Plans are kept for as long as a connection lives. One that was made while the tables were small would read them whole for ever:
-- hence without whole scans, here and below.
--   telegrams, contacts, phones_told, inns, companies: of all deals together, in any order, repeated or not
CREATE OR REPLACE FUNCTION lock_people(of_account bigint, telegrams bigint[], contacts bigint[], phones_told text[], inns text[],
                            companies bigint[]) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    ticket int;
BEGIN
    FOR ticket IN
        SELECT DISTINCT hashtext(person) FROM (
            SELECT 'telegram ' || told FROM unnest(telegrams) AS told     -- people of Telegram are nobody's account's
            UNION ALL SELECT of_account || ' phone ' || told FROM unnest(phones_told) AS told
            UNION ALL SELECT of_account || ' inn ' || told FROM unnest(inns) AS told
            UNION ALL SELECT of_account || ' company ' || told FROM unnest(companies) AS told) AS every(person)
        WHERE person IS NOT NULL ORDER BY 1
    LOOP
        PERFORM pg_advisory_xact_lock(hashtext('lock_people'), ticket);
    END LOOP;
    -- the rows that client_of will change, each kind in the order of its ids: others, who know no tickets, change them too
    PERFORM FROM amocrm_contacts WHERE account_id = of_account AND contact_id = ANY (contacts)
    ORDER BY contact_id FOR NO KEY UPDATE;
    PERFORM FROM clients WHERE id IN (
        SELECT client_id FROM amocrm_contacts WHERE account_id = of_account AND contact_id = ANY (contacts)
        UNION SELECT client_id FROM amocrm_contacts WHERE account_id = of_account AND phones && phones_told
        UNION SELECT client_id FROM telegram_users WHERE tg_id = ANY (telegrams)
        UNION SELECT id FROM clients WHERE account_id = of_account AND inn = ANY (inns))
    ORDER BY id FOR NO KEY UPDATE;
END
$$;

-- The client of a deal, found by what the deal tells about its people, in this order: Telegram id, contact, contact's phone,
-- INN, and the company where no person is named; created, and linked with the deal's people, when nobody is found. Null for a
-- deal that names nobody.
-- The Telegram id and the INN are to be given only where the deal is won and a user of the CRM has written them: anybody can
-- post a lead with somebody else's phone and the own Telegram id, and would else be shown that client's machines.
-- A contact that is gone still leads from its phone to its client where no other does: when two contacts are merged the loser
-- is deleted and its phones move to the winner, who is the same person. A person who belongs to a client of another account
-- brings no deal of this one there.
-- To be called in the transaction that stored the contacts: their row locks, and the one taken here on the Telegram user, keep
-- two workers who meet the same new people from creating the same client twice.
CREATE OR REPLACE FUNCTION client_of(of_account bigint, telegram bigint, contacts bigint[], phones_told text[], emails_told text[],
                          inn_told text, company bigint, name_told text) RETURNS uuid
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    found_client uuid;
BEGIN
    IF telegram IS NULL AND cardinality(contacts) = 0 AND inn_told IS NULL AND company IS NULL THEN
        RETURN NULL;
    END IF;
    IF telegram IS NOT NULL THEN
        INSERT INTO telegram_users AS person (tg_id) VALUES (telegram)
        ON CONFLICT (tg_id) DO UPDATE SET tg_id = person.tg_id
        RETURNING client_id INTO found_client;
        -- another account's client is none of this one's business
        SELECT id INTO found_client FROM clients WHERE id = found_client AND account_id = of_account;
    END IF;
    IF found_client IS NULL THEN
        SELECT client_id INTO found_client FROM amocrm_contacts
        WHERE account_id = of_account AND contact_id = ANY (contacts) AND client_id IS NOT NULL
        ORDER BY array_position(contacts, contact_id) LIMIT 1;
    END IF;
    IF found_client IS NULL AND cardinality(phones_told) > 0 THEN
        SELECT client_id INTO found_client FROM amocrm_contacts
        WHERE account_id = of_account AND phones && phones_told AND client_id IS NOT NULL
        ORDER BY deleted, contact_id LIMIT 1;
    END IF;
    IF found_client IS NULL AND inn_told IS NOT NULL THEN
        SELECT id INTO found_client FROM clients WHERE account_id = of_account AND inn = inn_told;
    END IF;

    IF found_client IS NULL AND telegram IS NULL AND cardinality(contacts) = 0 AND company IS NOT NULL THEN
        -- nothing else would lead the deal's next change to the same client
        PERFORM pg_advisory_xact_lock(hashtextextended('client of company ' || company, of_account));
        SELECT id INTO found_client FROM clients WHERE account_id = of_account AND amocrm_company_id = company
        ORDER BY created_at, id LIMIT 1;
    END IF;

    IF found_client IS NULL THEN
        INSERT INTO clients (name, inn, account_id, amocrm_company_id, contact_info)
        VALUES (name_told, inn_told, of_account, company,
                jsonb_build_object('phones', to_jsonb(phones_told), 'emails', to_jsonb(emails_told)))
        ON CONFLICT (account_id, inn) WHERE inn IS NOT NULL DO UPDATE SET updated_at = now()
        RETURNING id INTO found_client;
    ELSE
        -- phones and e-mails are collected; INN and company are kept as first told, and an INN that another
        -- client already bears stays with that one
        UPDATE clients AS client SET
            contact_info = client.contact_info || jsonb_build_object(
                'phones', (SELECT coalesce(jsonb_agg(DISTINCT phone ORDER BY phone), '[]')
                           FROM (SELECT jsonb_array_elements_text(coalesce(client.contact_info -> 'phones', '[]'))
                                 UNION SELECT unnest(phones_told)) AS every(phone)),
                'emails', (SELECT coalesce(jsonb_agg(DISTINCT email ORDER BY email), '[]')
                           FROM (SELECT jsonb_array_elements_text(coalesce(client.contact_info -> 'emails', '[]'))
                                 UNION SELECT unnest(emails_told)) AS every(email))),
            inn = CASE WHEN client.inn IS NULL AND NOT EXISTS (SELECT FROM clients other
                            WHERE other.account_id = of_account AND other.inn = inn_told)
                       THEN inn_told ELSE client.inn END,
            amocrm_company_id = coalesce(client.amocrm_company_id, company),
            updated_at = now()
        WHERE client.id = found_client
          AND (NOT coalesce(client.contact_info -> 'phones', '[]') @> to_jsonb(phones_told)
               OR NOT coalesce(client.contact_info -> 'emails', '[]') @> to_jsonb(emails_told)
               OR client.inn IS NULL AND inn_told IS NOT NULL
               OR client.amocrm_company_id IS NULL AND company IS NOT NULL);
    END IF;
    UPDATE amocrm_contacts SET client_id = found_client
    WHERE account_id = of_account AND contact_id = ANY (contacts) AND client_id IS NULL;
    UPDATE telegram_users SET client_id = found_client, linked_by = 'sale', linked_at = now(), is_verified = true
    WHERE tg_id = telegram AND client_id IS NULL;
    RETURN found_client;
END
$$;

-- Clients that are proved to be one. Two proofs count:
--   contacts  two contacts were merged in the CRM: one is gone, in a deal of which the other stands now, with a phone of the one
--             that is gone, or with its e-mail where that one bore no phone: a merge puts the phones of the loser beside those of
--             the winner; a contact that is thrown away for another one, since a stranger's form had told somebody else's
--             address, leaves its phone nowhere. The one that stayed has the client that stays.
--   inn       a won deal of a client without an INN tells the INN of another client of the account, and no deal of the client
--             tells another one (who buys for several companies is none of them).
-- A name, a company's name, or a contact that was merely deleted proves nothing.
-- To be asked after contacts (deals and contacts) or deals (deals; of the won ones that tell an INN inn_deals and inns; inn_field is
-- the field that tells it) were stored: with every batch.
CREATE OR REPLACE FUNCTION proved_one(of_account bigint, deals text[], contacts bigint[], inn_deals text[], inns text[], inn_field bigint)
RETURNS TABLE (loser uuid, winner uuid, proof text)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    WITH touched AS (
        SELECT unnest(deals) AS deal
        UNION
        SELECT amocrm_deal_id FROM deal_contacts WHERE account_id = of_account AND contact_id = ANY (contacts)
    )
    SELECT gone.client_id AS loser, heir.client_id AS winner, 'contacts' AS proof
    FROM touched
    JOIN deal_contacts past ON past.account_id = of_account AND past.amocrm_deal_id = touched.deal
    JOIN amocrm_contacts gone ON gone.account_id = of_account AND gone.contact_id = past.contact_id AND gone.deleted
    JOIN amocrm_deals deal ON deal.account_id = of_account AND deal.amocrm_deal_id = touched.deal AND NOT deal.deleted
    JOIN deal_contacts there ON there.account_id = of_account AND there.amocrm_deal_id = touched.deal
         AND deal.deal_full_data #> '{_embedded,contacts}' @> jsonb_build_array(jsonb_build_object('id', there.contact_id))
         AND NOT deal.deal_full_data #> '{_embedded,contacts}' @> jsonb_build_array(jsonb_build_object('id', gone.contact_id))
    JOIN amocrm_contacts heir ON heir.account_id = of_account AND heir.contact_id = there.contact_id AND NOT heir.deleted
    WHERE gone.client_id <> heir.client_id
      AND CASE WHEN cardinality(gone.phones) > 0 THEN gone.phones && heir.phones ELSE lowered(gone.emails) && lowered(heir.emails) END
    UNION
    SELECT buyer.id, holder.id, 'inn'
    FROM unnest(inn_deals, inns) AS told(deal, inn)
    JOIN amocrm_deals deal ON deal.account_id = of_account AND deal.amocrm_deal_id = told.deal
    JOIN clients buyer ON buyer.id = deal.client_id AND buyer.account_id = of_account AND buyer.inn IS NULL
    JOIN clients holder ON holder.account_id = of_account AND holder.inn = told.inn AND holder.id <> buyer.id
    WHERE NOT EXISTS (
        SELECT FROM amocrm_deals other, jsonb_array_elements(other.custom_fields) AS field
        WHERE other.client_id = buyer.id AND field ->> 'field_id' = CAST(inn_field AS text)
          AND field #>> '{values,0,value}' <> told.inn)
    ORDER BY 1, 2
$$;

-- Makes two clients one: whatever refers to the loser, in whichever table, refers to the winner afterwards. INN, company,
-- phones and e-mails that the winner lacks come from the loser. False where one of them is no more.
CREATE OR REPLACE FUNCTION merge_clients(loser_id uuid, winner_id uuid, proof text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    loser    clients;
    referrer record;
BEGIN
    PERFORM FROM clients WHERE id IN (loser_id, winner_id) ORDER BY id FOR UPDATE;
    SELECT * INTO loser FROM clients WHERE id = loser_id;
    IF loser.id IS NULL OR loser_id = winner_id OR NOT EXISTS (SELECT FROM clients WHERE id = winner_id) THEN
        RETURN false;
    END IF;
    FOR referrer IN
        SELECT CAST(conrelid AS regclass) AS from_table, attname AS from_column
        FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
        WHERE contype = 'f' AND confrelid = CAST('clients' AS regclass) AND cardinality(conkey) = 1
        ORDER BY 1, 2
    LOOP
        EXECUTE format('UPDATE %s SET %I = $1 WHERE %I = $2', referrer.from_table, referrer.from_column, referrer.from_column)
        USING winner_id, loser_id;
    END LOOP;
    DELETE FROM clients WHERE id = loser_id;
    UPDATE clients AS winner SET
        inn = coalesce(winner.inn, loser.inn),
        amocrm_company_id = coalesce(winner.amocrm_company_id, loser.amocrm_company_id),
        contact_info = loser.contact_info || winner.contact_info || jsonb_build_object(
            'phones', (SELECT coalesce(jsonb_agg(DISTINCT phone ORDER BY phone), '[]')
                       FROM jsonb_array_elements_text(coalesce(winner.contact_info -> 'phones', '[]')
                                                      || coalesce(loser.contact_info -> 'phones', '[]')) AS phone),
            'emails', (SELECT coalesce(jsonb_agg(DISTINCT email ORDER BY email), '[]')
                       FROM jsonb_array_elements_text(coalesce(winner.contact_info -> 'emails', '[]')
                                                      || coalesce(loser.contact_info -> 'emails', '[]')) AS email)),
        updated_at = now()
    WHERE winner.id = winner_id;
    INSERT INTO client_merges (loser, winner, proof) VALUES (loser_id, winner_id, proof);
    RETURN true;
END
$$;

-- Whoever comes to belong to a client, by whatever proof, is told to its people: an effect telegram.client-joined for each of them, in the
-- commit that links. Where two clients become one, both sides are told of each other.
-- The supplier's own engineers belong to nobody, and closed chats are left alone.
CREATE OR REPLACE FUNCTION tell_who_joins() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox (kind, dedupe_key, subject_id, payload)
    SELECT DISTINCT 'telegram.client-joined',
           'telegram.client-joined:' || told.who || ':' || told.client_id || ':' || told.chat || ':'
               || coalesce(extract(epoch FROM told.linked_at)::bigint, 0),
           CAST(told.who AS text), jsonb_build_object('chat', told.chat, 'person', told.who)
    FROM (
        SELECT joined.tg_id AS who, other.tg_id AS chat, joined.client_id, joined.linked_at
        FROM now_is joined JOIN was USING (tg_id)
        JOIN telegram_users other ON other.client_id = joined.client_id AND NOT other.chat_closed AND NOT other.staff
        LEFT JOIN was other_was ON other_was.tg_id = other.tg_id
        WHERE joined.client_id IS DISTINCT FROM was.client_id AND joined.client_id IS NOT NULL
          -- who has come along knows the others
          AND NOT (other_was.tg_id IS NOT NULL AND other_was.client_id IS DISTINCT FROM other.client_id)
        UNION
        SELECT other.tg_id, joined.tg_id, joined.client_id, other.linked_at
        FROM now_is joined JOIN was USING (tg_id)
        JOIN telegram_users other ON other.client_id = joined.client_id AND NOT other.staff
        LEFT JOIN was other_was ON other_was.tg_id = other.tg_id
        WHERE joined.client_id IS DISTINCT FROM was.client_id AND joined.client_id IS NOT NULL
          AND NOT joined.chat_closed AND NOT joined.staff
          -- no proof of their own has brought them here: their client has become another one
          AND was.client_id IS NOT NULL AND joined.linked_at IS NOT DISTINCT FROM was.linked_at
          AND NOT (other_was.tg_id IS NOT NULL AND other_was.client_id IS DISTINCT FROM other.client_id)
    ) AS told
    ON CONFLICT (dedupe_key) DO NOTHING;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER telegram_users_who_joins AFTER UPDATE ON telegram_users
    REFERENCING OLD TABLE AS was NEW TABLE AS now_is
    FOR EACH STATEMENT EXECUTE FUNCTION tell_who_joins();

-- What a deal's fields hold, by the names that the settings give them: {"rentprog_booking_id": "4711"}. Fields without a value
-- are left out; of several values the first counts.
CREATE OR REPLACE FUNCTION mapped_fields(custom_fields jsonb, keys text[], fields bigint[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(jsonb_object_agg(key, CASE WHEN jsonb_typeof(told) = 'object' THEN told ->> 'value' ELSE told #>> '{}' END)
                    FILTER (WHERE coalesce(CASE WHEN jsonb_typeof(told) = 'object' THEN told ->> 'value' ELSE told #>> '{}' END, '') <> ''), '{}')
    FROM unnest(keys, fields) AS mapping(key, field),
         LATERAL (SELECT jsonb_path_query_first(custom_fields, '$[*] ? (@.field_id == $field).values[0]',
                                                jsonb_build_object('field', field))) AS first(told)
$$;

-- Whether a deal's field names a serial number: one of its values, or one of several in a text.
CREATE OR REPLACE FUNCTION deal_names_serial(custom_fields jsonb, field bigint, serial text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT EXISTS (
        SELECT FROM jsonb_path_query(custom_fields, '$[*] ? (@.field_id == $field).values[*]', jsonb_build_object('field', field)) AS told,
             LATERAL regexp_split_to_table(CASE WHEN jsonb_typeof(told) = 'object' THEN told ->> 'value' ELSE told #>> '{}' END, '[,;\r\n]+') AS one
        WHERE btrim(regexp_replace(one, '[\s\u00a0\u2007\u202f]+', ' ', 'g')) = serial)
$$;

-- What models have in common that are written differently: case, spaces, and Latin letters that look like Russian ones.
CREATE OR REPLACE FUNCTION model_key(model text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(lower(translate(model, E' \t\n\r\u00a0\u2007\u202f', '')),
                     'АВЕКМНОРСТУХавекмнорстухБГДЁЖЗИЙЛПФЦЧШЩЪЫЬЭЮЯ',
                     'abekmhopctyxabekmhopctyxбгдёжзийлпфцчшщъыьэюя')
$$;
