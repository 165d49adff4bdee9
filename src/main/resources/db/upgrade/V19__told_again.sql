-- In doubt an event is new: to read a deal once more costs a call, to swallow an event costs a sale. What is told again in the
-- same words is a repeat only where that is certain; else it is an event of its own, whose hash goes over how often it was told, too.

-- The hash of what is told in the same words for the n-th time after the first.
CREATE FUNCTION hash_told_again(first_hash text, n bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE n WHEN 0 THEN first_hash ELSE encode(sha256(convert_to(first_hash || ' told again ' || n, 'UTF8')), 'hex') END
$$;

-- Repeats of bodies that tell no time of the change. One of them may have been true all the same (won, taken back and won again
-- within the hour, and nothing told of it in between): once amoCRM's time of repeating is over, the entity is read once more.
CREATE TABLE webhook_second_looks (
    event_id bigint PRIMARY KEY,
    due_at   timestamptz NOT NULL
);
CREATE INDEX webhook_second_looks_due ON webhook_second_looks (due_at);

-- Stores what has arrived at the doors, in one commit, and answers how many events were new. The usual case, nothing was told
-- before, is one INSERT. In the order of the hashes, so that two commits with the same events wait for each other and not in a circle.
--   hashes: of what was told first in these words (EventHash)
--   dated: whether the body tells when the change was
--   hooks: from 0, which of the bodies that share this commit tells it; they arrived in this order, a microsecond apart
CREATE FUNCTION store_webhook_events(types text[], entities text[], ids text[], hashes text[], payloads text[], numbers bigint[],
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
