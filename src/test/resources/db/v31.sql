SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.account_zone(account bigint, usual text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT coalesce((SELECT time_zone FROM amocrm_accounts known
                     WHERE CASE WHEN account IS NULL THEN known.name = 'default' ELSE known.account_id = account END), usual)
$$;
CREATE FUNCTION public.amocrm_full_pace(sizes integer[], spans interval[]) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT max(size / extract(epoch FROM span))::float8 FROM unnest(sizes, spans) AS windows(size, span)
$$;
CREATE FUNCTION public.amocrm_pace(wanted_account text) RETURNS double precision
    LANGUAGE sql
    AS $$
    SELECT coalesce((
        SELECT least(1, sqrt(part * part + 0.1 * answered), part * power(2, answered))
        FROM amocrm_paces p, LATERAL (
            SELECT count(*) AS answered FROM (
                SELECT FROM amocrm_calls c
                WHERE c.account = p.account AND c.id > p.slowed_call AND c.ends_at <= clock_timestamp() LIMIT 10) AS recent) AS calls
        WHERE p.account = wanted_account), 1)
$$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.outbox (
    id bigint NOT NULL,
    kind text NOT NULL,
    account text DEFAULT ''::text NOT NULL,
    dedupe_key text NOT NULL,
    subject_id text NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone DEFAULT now() NOT NULL,
    locked_until timestamp with time zone,
    lease bigint,
    failures integer DEFAULT 0 NOT NULL,
    in_doubt boolean DEFAULT false NOT NULL,
    repeated boolean DEFAULT false NOT NULL,
    last_error text,
    external_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    done_at timestamp with time zone,
    dead_since timestamp with time zone,
    lapses integer DEFAULT 0 NOT NULL,
    CONSTRAINT outbox_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'done'::text, 'failed'::text, 'dead'::text, 'skipped'::text])))
);
CREATE FUNCTION public.claim_outbox(wanted_kind text, wanted_account text, batch integer, lease_for interval) RETURNS SETOF public.outbox
    LANGUAGE sql
    AS $$
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
CREATE FUNCTION public.claim_outbox(wanted_kind text, wanted_account text, batch integer, lease_for interval, rest interval) RETURNS SETOF public.outbox
    LANGUAGE sql
    AS $$
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
CREATE TABLE public.amocrm_webhook_events (
    id bigint NOT NULL,
    ts timestamp with time zone DEFAULT now() NOT NULL,
    event_type text NOT NULL,
    entity_type text NOT NULL,
    amocrm_entity_id text,
    event_hash text NOT NULL,
    payload jsonb NOT NULL,
    account_id bigint,
    account text DEFAULT ''::text NOT NULL,
    processed boolean DEFAULT false NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    outcome text,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone DEFAULT now() NOT NULL,
    locked_until timestamp with time zone,
    lease bigint,
    failures integer DEFAULT 0 NOT NULL,
    in_doubt boolean DEFAULT false NOT NULL,
    last_error text,
    processed_at timestamp with time zone,
    dead_since timestamp with time zone,
    lapses integer DEFAULT 0 NOT NULL
);
CREATE FUNCTION public.claim_webhook_events(wanted_account text, batch integer, lease_for interval) RETURNS SETOF public.amocrm_webhook_events
    LANGUAGE sql
    AS $$
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
CREATE FUNCTION public.client_of(of_account bigint, telegram bigint, contacts bigint[], phones_told text[], emails_told text[], inn_told text, company bigint, name_told text) RETURNS uuid
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    AS $$
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
CREATE FUNCTION public.count_lapse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.lapses := OLD.lapses + 1;
    RETURN NEW;
END
$$;
CREATE FUNCTION public.dead_by_refusal(kind text, last_error text, dead_since timestamp with time zone) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $_$
    SELECT dead_since IS NULL AND kind LIKE 'crm.%' AND coalesce(last_error, '') ~
        '(→ (400|422)( |$)|(^|[; |])(responsible_user_id|status_id|pipeline_id|custom_fields_values|_embedded|name|price)[A-Za-z0-9_.]*: [A-Z?])'
$_$;
CREATE FUNCTION public.deal_names_serial(custom_fields jsonb, field bigint, serial text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
    SELECT EXISTS (
        SELECT FROM jsonb_path_query(custom_fields, '$[*] ? (@.field_id == $field).values[*]', jsonb_build_object('field', field)) AS told,
             LATERAL regexp_split_to_table(CASE WHEN jsonb_typeof(told) = 'object' THEN told ->> 'value' ELSE told #>> '{}' END, '[,;\r\n]+') AS one
        WHERE btrim(regexp_replace(one, '[\s\u00a0\u2007\u202f]+', ' ', 'g')) = serial)
$_$;
CREATE FUNCTION public.hash_told_again(first_hash text, n bigint) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT CASE n WHEN 0 THEN first_hash ELSE encode(sha256(convert_to(first_hash || ' told again ' || n, 'UTF8')), 'hex') END
$$;
CREATE FUNCTION public.heed_clock(lease_for interval) RETURNS interval
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.is_kind_paused(wanted_kind text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT EXISTS (SELECT FROM paused_kinds WHERE kind = wanted_kind)
        OR wanted_kind LIKE 'telegram.%' AND EXISTS (SELECT FROM telegram_trouble)
$$;
CREATE FUNCTION public.is_paused(wanted_account text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT EXISTS (SELECT FROM amocrm_accounts WHERE name = wanted_account AND paused_until > now())
$$;
CREATE FUNCTION public.lock_people(of_account bigint, telegrams bigint[], contacts bigint[], phones_told text[], inns text[], companies bigint[]) RETURNS void
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    AS $$
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
CREATE FUNCTION public.lowered(texts text[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT coalesce(array_agg(lower(one)), '{}') FROM unnest(texts) AS one
$$;
CREATE FUNCTION public.mapped_fields(custom_fields jsonb, keys text[], fields bigint[]) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
    SELECT coalesce(jsonb_object_agg(key, CASE WHEN jsonb_typeof(told) = 'object' THEN told ->> 'value' ELSE told #>> '{}' END)
                    FILTER (WHERE coalesce(CASE WHEN jsonb_typeof(told) = 'object' THEN told ->> 'value' ELSE told #>> '{}' END, '') <> ''), '{}')
    FROM unnest(keys, fields) AS mapping(key, field),
         LATERAL (SELECT jsonb_path_query_first(custom_fields, '$[*] ? (@.field_id == $field).values[0]',
                                                jsonb_build_object('field', field))) AS first(told)
$_$;
CREATE FUNCTION public.merge_clients(loser_id uuid, winner_id uuid, proof text) RETURNS boolean
    LANGUAGE plpgsql
    AS $_$
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
$_$;
CREATE FUNCTION public.model_key(model text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT translate(lower(translate(model, E' \t\n\r\u00a0\u2007\u202f', '')),
                     'АВЕКМНОРСТУХавекмнорстухБГДЁЖЗИЙЛПФЦЧШЩЪЫЬЭЮЯ',
                     'abekmhopctyxabekmhopctyxбгдёжзийлпфцчшщъыьэюя')
$$;
CREATE FUNCTION public.proved_one(of_account bigint, deals text[], contacts bigint[], inn_deals text[], inns text[], inn_field bigint) RETURNS TABLE(loser uuid, winner uuid, proof text)
    LANGUAGE sql STABLE
    SET enable_seqscan TO 'off'
    AS $$
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
CREATE FUNCTION public.serial_key(serial text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT coalesce(nullif(translate(lower(translate(serial, E' \t\n\r\u00a0\u2007\u202f-\u2010\u2011\u2012\u2013\u2014\u2015\u2212', '')),
                                     'АВЕКМНОРСТУХавекмнорстухБГДЁЖЗИЙЛПФЦЧШЩЪЫЬЭЮЯ',
                                     'abekmhopctyxabekmhopctyxбгдёжзийлпфцчшщъыьэюя'), ''), serial)
$$;
CREATE FUNCTION public.slow_amocrm_down(wanted_account text, refused_call bigint, sizes integer[], spans interval[]) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.store_webhook_events(types text[], entities text[], ids text[], hashes text[], payloads text[], numbers bigint[], accounts text[], dated boolean[], hooks integer[]) RETURNS integer
    LANGUAGE plpgsql
    AS $_$
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
$_$;
CREATE FUNCTION public.take_amocrm_call(wanted_account text, sizes integer[], spans interval[], share double precision, OUT call_id bigint, OUT wait_ms bigint) RETURNS record
    LANGUAGE plpgsql
    AS $$
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
CREATE FUNCTION public.tell_who_joins() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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
CREATE TABLE public.account_watch (
    account text NOT NULL,
    alive_at timestamp with time zone DEFAULT now() NOT NULL,
    hook_state text,
    hook_ok_at timestamp with time zone,
    hook_seen_at timestamp with time zone,
    hook_changed bigint,
    CONSTRAINT account_watch_hook_state_check CHECK ((hook_state = ANY (ARRAY['ok'::text, 'disabled'::text, 'missing'::text])))
);
CREATE TABLE public.amocrm_accounts (
    name text NOT NULL,
    account_id bigint,
    state text DEFAULT 'ok'::text NOT NULL,
    cause text,
    remedy text,
    slowdowns integer DEFAULT 0 NOT NULL,
    paused_until timestamp with time zone,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    troubled_call bigint DEFAULT 0 NOT NULL,
    time_zone text,
    time_zone_read_at timestamp with time zone,
    told boolean DEFAULT false NOT NULL,
    CONSTRAINT amocrm_accounts_state_check CHECK ((state = ANY (ARRAY['ok'::text, 'slowed'::text, 'auth-required'::text, 'unpaid'::text, 'blocked'::text, 'down'::text, 'unexpected'::text])))
);
CREATE TABLE public.amocrm_calls (
    id bigint NOT NULL,
    account text NOT NULL,
    ends_at timestamp with time zone NOT NULL
);
ALTER TABLE public.amocrm_calls ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.amocrm_calls_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.amocrm_contacts (
    account_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    client_id uuid,
    name text,
    phones text[] DEFAULT '{}'::text[] NOT NULL,
    emails text[] DEFAULT '{}'::text[] NOT NULL,
    updated_at timestamp with time zone,
    full_data jsonb,
    read_at timestamp with time zone,
    deleted boolean DEFAULT false NOT NULL,
    read_no bigint DEFAULT 0 NOT NULL
);
CREATE TABLE public.amocrm_deals (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    client_id uuid,
    conversation_id uuid,
    account_id bigint NOT NULL,
    amocrm_deal_id text NOT NULL,
    pipeline_id bigint,
    status_id bigint,
    status_label text,
    price bigint,
    created_at timestamp with time zone,
    closed_at timestamp with time zone,
    updated_at timestamp with time zone,
    custom_fields jsonb DEFAULT '[]'::jsonb NOT NULL,
    notes_count integer DEFAULT 0 NOT NULL,
    deal_full_data jsonb DEFAULT '{}'::jsonb NOT NULL,
    contact_custom_fields jsonb DEFAULT '[]'::jsonb NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    deleted boolean DEFAULT false NOT NULL,
    read_at timestamp with time zone,
    synced_at timestamp with time zone DEFAULT now() NOT NULL,
    read_no bigint DEFAULT 0 NOT NULL,
    claimed_values text[]
);
CREATE TABLE public.amocrm_paces (
    account text NOT NULL,
    part double precision NOT NULL,
    slowed_call bigint NOT NULL,
    slowed_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone,
    CONSTRAINT amocrm_paces_part_check CHECK (((part > (0)::double precision) AND (part <= (1)::double precision)))
);
CREATE TABLE public.amocrm_refused_values (
    account text NOT NULL,
    place text NOT NULL,
    value bigint NOT NULL,
    code text NOT NULL,
    cause text NOT NULL,
    remedy text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    left_out_until timestamp with time zone NOT NULL,
    seen_wrong boolean DEFAULT false NOT NULL
);
CREATE TABLE public.amocrm_refused_work (
    work text NOT NULL,
    account text NOT NULL,
    call text NOT NULL,
    reason text NOT NULL,
    number bigint NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    last_at timestamp with time zone DEFAULT now() NOT NULL,
    others_passed boolean DEFAULT false NOT NULL
);
ALTER TABLE public.amocrm_webhook_events ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.amocrm_webhook_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.client_merges (
    loser uuid NOT NULL,
    winner uuid NOT NULL,
    proof text NOT NULL,
    merged_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.clients (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    inn text,
    contact_info jsonb DEFAULT '{}'::jsonb NOT NULL,
    account_id bigint,
    amocrm_company_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.clock_seen (
    only_row boolean DEFAULT true NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    CONSTRAINT clock_seen_only_row_check CHECK (only_row)
);
CREATE TABLE public.contact_claims (
    account text NOT NULL,
    person text NOT NULL,
    claimed_until timestamp with time zone NOT NULL,
    effect bigint NOT NULL,
    lease bigint NOT NULL,
    nobody_at timestamp with time zone
);
CREATE TABLE public.conversation_messages (
    account_id bigint NOT NULL,
    message_id text NOT NULL,
    conversation_id uuid NOT NULL,
    direction text NOT NULL,
    author text,
    text text,
    sent_at timestamp with time zone,
    read_back_at timestamp with time zone,
    CONSTRAINT conversation_messages_direction_check CHECK ((direction = ANY (ARRAY['incoming'::text, 'outgoing'::text])))
);
CREATE TABLE public.conversations (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    account_id bigint NOT NULL,
    amocrm_talk_id text NOT NULL,
    amocrm_chat_id text,
    amocrm_contact_id bigint,
    amocrm_deal_id text,
    origin text,
    client_id uuid,
    is_in_work boolean,
    is_read boolean,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    read_back_at timestamp with time zone
);
CREATE TABLE public.crm_notes (
    account_id bigint NOT NULL,
    note_id text NOT NULL,
    entity_type text NOT NULL,
    entity_id text NOT NULL,
    amocrm_deal_id text,
    amocrm_contact_id bigint,
    client_id uuid,
    note_type text,
    text text,
    author_id bigint,
    created_at timestamp with time zone,
    updated_at timestamp with time zone,
    stored_at timestamp with time zone DEFAULT now() NOT NULL,
    read_back_at timestamp with time zone,
    CONSTRAINT crm_notes_entity_type_check CHECK ((entity_type = ANY (ARRAY['lead'::text, 'contact'::text, 'company'::text, 'customer'::text, 'other'::text])))
);
CREATE SEQUENCE public.crm_reads
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.database_owner (
    one boolean DEFAULT true NOT NULL,
    kind text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT database_owner_kind_check CHECK ((kind = ANY (ARRAY['sandbox'::text, 'live'::text]))),
    CONSTRAINT database_owner_one_check CHECK (one)
);
CREATE TABLE public.deal_contacts (
    account_id bigint NOT NULL,
    amocrm_deal_id text NOT NULL,
    contact_id bigint NOT NULL
);
CREATE TABLE public.deal_maintenance_dates (
    account_id bigint NOT NULL,
    amocrm_deal_id text NOT NULL,
    crm_day date,
    previous_day date,
    crm_changed_at timestamp with time zone,
    wanted_day date,
    wanted_at timestamp with time zone,
    revision bigint DEFAULT 0 NOT NULL,
    writing_day date
);
CREATE TABLE public.deal_metadata_mappings (
    account text NOT NULL,
    mapping jsonb NOT NULL,
    revision bigint DEFAULT 1 NOT NULL
);
CREATE TABLE public.flyway_schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);
CREATE SEQUENCE public.health_probes
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    MAXVALUE 1000000
    CACHE 1
    CYCLE;
CREATE TABLE public.invitations (
    token_hash bytea NOT NULL,
    client_id uuid,
    role text NOT NULL,
    staff boolean DEFAULT false NOT NULL,
    account_id bigint,
    amocrm_deal_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    used_by bigint,
    CONSTRAINT invitations_check CHECK ((staff OR (client_id IS NOT NULL))),
    CONSTRAINT invitations_role_check CHECK ((role = ANY (ARRAY['director'::text, 'engineer'::text, 'procurement'::text])))
);
CREATE TABLE public.lead_keys (
    key text NOT NULL,
    lead_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE public.leads (
    id uuid NOT NULL,
    source text NOT NULL,
    name text,
    phone text,
    phone_e164 text,
    email text,
    message text,
    telegram_id bigint,
    price bigint DEFAULT 0 NOT NULL,
    meta jsonb DEFAULT '{}'::jsonb NOT NULL,
    remarks jsonb DEFAULT '[]'::jsonb NOT NULL,
    account text DEFAULT 'default'::text NOT NULL,
    status text DEFAULT 'new'::text NOT NULL,
    amo_contact_id bigint,
    amo_lead_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    delivered_at timestamp with time zone,
    left_out jsonb DEFAULT '[]'::jsonb NOT NULL,
    contact_gaps jsonb
);
CREATE SEQUENCE public.lease_numbers
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.login_admin (
    only_row boolean DEFAULT true NOT NULL,
    password_hash text NOT NULL,
    CONSTRAINT login_admin_only_row_check CHECK (only_row)
);
CREATE TABLE public.login_devices (
    hash bytea NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    used_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.login_sessions (
    hash bytea NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.machine_instances (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    product text,
    model text,
    client_id uuid,
    serial_number text NOT NULL,
    status text DEFAULT 'operational'::text NOT NULL,
    configuration text,
    service_history jsonb DEFAULT '[]'::jsonb NOT NULL,
    next_maintenance_date timestamp with time zone,
    account_id bigint,
    amocrm_deal_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    documents jsonb DEFAULT '[]'::jsonb NOT NULL,
    given_account_id bigint,
    given_deal_id text,
    CONSTRAINT machine_instances_status_check CHECK ((status = ANY (ARRAY['operational'::text, 'maintenance'::text, 'repair'::text, 'offline'::text])))
);
CREATE TABLE public.maintenance_announcements (
    machine_id uuid NOT NULL,
    day date NOT NULL,
    step integer NOT NULL,
    announced_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.model_consumables (
    model_key text NOT NULL,
    "position" integer NOT NULL,
    model text NOT NULL,
    name text NOT NULL,
    article text,
    quantity text
);
CREATE TABLE public.oauth_tokens (
    account text NOT NULL,
    client_id text NOT NULL,
    address text NOT NULL,
    account_id bigint,
    access_token text NOT NULL,
    refresh_token text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    refreshed_at timestamp with time zone DEFAULT now() NOT NULL,
    refreshing_by uuid,
    refreshing_until timestamp with time zone,
    trouble text,
    cause text,
    remedy text,
    retry_at timestamp with time zone
);
CREATE TABLE public.one_time_uses (
    kind text NOT NULL,
    hash bytea NOT NULL,
    used_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT one_time_uses_kind_check CHECK ((kind = ANY (ARRAY['oauth-code'::text, 'oauth-state'::text, 'uninstall-notice'::text])))
);
ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.park_confirmations (
    id uuid NOT NULL,
    tg_id bigint NOT NULL,
    proof bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    confirmed_at timestamp with time zone,
    ticket bytea
);
CREATE TABLE public.paused_kinds (
    kind text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.people (
    name text NOT NULL,
    role text NOT NULL,
    password_hash text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT people_name_check CHECK (((name ~ '^[a-z][a-z0-9._-]{1,31}$'::text) AND (name <> 'admin'::text))),
    CONSTRAINT people_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'operator'::text, 'admin'::text])))
);
CREATE TABLE public.qrtz_blob_triggers (
    sched_name character varying(120) NOT NULL,
    trigger_name character varying(200) NOT NULL,
    trigger_group character varying(200) NOT NULL,
    blob_data bytea
);
CREATE TABLE public.qrtz_calendars (
    sched_name character varying(120) NOT NULL,
    calendar_name character varying(200) NOT NULL,
    calendar bytea NOT NULL
);
CREATE TABLE public.qrtz_cron_triggers (
    sched_name character varying(120) NOT NULL,
    trigger_name character varying(200) NOT NULL,
    trigger_group character varying(200) NOT NULL,
    cron_expression character varying(120) NOT NULL,
    time_zone_id character varying(80)
);
CREATE TABLE public.qrtz_fired_triggers (
    sched_name character varying(120) NOT NULL,
    entry_id character varying(95) NOT NULL,
    trigger_name character varying(200) NOT NULL,
    trigger_group character varying(200) NOT NULL,
    instance_name character varying(200) NOT NULL,
    fired_time bigint NOT NULL,
    sched_time bigint NOT NULL,
    priority integer NOT NULL,
    state character varying(16) NOT NULL,
    job_name character varying(200),
    job_group character varying(200),
    is_nonconcurrent boolean,
    requests_recovery boolean
);
CREATE TABLE public.qrtz_job_details (
    sched_name character varying(120) NOT NULL,
    job_name character varying(200) NOT NULL,
    job_group character varying(200) NOT NULL,
    description character varying(250),
    job_class_name character varying(250) NOT NULL,
    is_durable boolean NOT NULL,
    is_nonconcurrent boolean NOT NULL,
    is_update_data boolean NOT NULL,
    requests_recovery boolean NOT NULL,
    job_data bytea
);
CREATE TABLE public.qrtz_locks (
    sched_name character varying(120) NOT NULL,
    lock_name character varying(40) NOT NULL
);
CREATE TABLE public.qrtz_paused_trigger_grps (
    sched_name character varying(120) NOT NULL,
    trigger_group character varying(200) NOT NULL
);
CREATE TABLE public.qrtz_scheduler_state (
    sched_name character varying(120) NOT NULL,
    instance_name character varying(200) NOT NULL,
    last_checkin_time bigint NOT NULL,
    checkin_interval bigint NOT NULL
);
CREATE TABLE public.qrtz_simple_triggers (
    sched_name character varying(120) NOT NULL,
    trigger_name character varying(200) NOT NULL,
    trigger_group character varying(200) NOT NULL,
    repeat_count bigint NOT NULL,
    repeat_interval bigint NOT NULL,
    times_triggered bigint NOT NULL
);
CREATE TABLE public.qrtz_simprop_triggers (
    sched_name character varying(120) NOT NULL,
    trigger_name character varying(200) NOT NULL,
    trigger_group character varying(200) NOT NULL,
    str_prop_1 character varying(512),
    str_prop_2 character varying(512),
    str_prop_3 character varying(512),
    int_prop_1 integer,
    int_prop_2 integer,
    long_prop_1 bigint,
    long_prop_2 bigint,
    dec_prop_1 numeric(13,4),
    dec_prop_2 numeric(13,4),
    bool_prop_1 boolean,
    bool_prop_2 boolean
);
CREATE TABLE public.qrtz_triggers (
    sched_name character varying(120) NOT NULL,
    trigger_name character varying(200) NOT NULL,
    trigger_group character varying(200) NOT NULL,
    job_name character varying(200) NOT NULL,
    job_group character varying(200) NOT NULL,
    description character varying(250),
    next_fire_time bigint,
    prev_fire_time bigint,
    priority integer,
    trigger_state character varying(16) NOT NULL,
    trigger_type character varying(8) NOT NULL,
    start_time bigint NOT NULL,
    end_time bigint,
    calendar_name character varying(200),
    misfire_instr smallint,
    job_data bytea
);
CREATE TABLE public.reconciliations (
    id bigint NOT NULL,
    account text NOT NULL,
    cause text NOT NULL,
    from_at timestamp with time zone NOT NULL,
    to_at timestamp with time zone NOT NULL,
    step text DEFAULT 'changes'::text NOT NULL,
    reached timestamp with time zone NOT NULL,
    page integer DEFAULT 1 NOT NULL,
    pages integer DEFAULT 0 NOT NULL,
    found_changes integer DEFAULT 0 NOT NULL,
    found_deals integer DEFAULT 0 NOT NULL,
    found_contacts integer DEFAULT 0 NOT NULL,
    remark text,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT reconciliations_cause_check CHECK ((cause = ANY (ARRAY['downtime'::text, 'hooks-off'::text, 'demand'::text]))),
    CONSTRAINT reconciliations_step_check CHECK ((step = ANY (ARRAY['changes'::text, 'deals'::text, 'contacts'::text, 'done'::text])))
);
ALTER TABLE public.reconciliations ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.reconciliations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.service_photos (
    id uuid NOT NULL,
    telegram_id bigint NOT NULL,
    type text NOT NULL,
    bytes bytea,
    file_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.service_photos ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE TABLE public.service_requests (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    machine_id uuid NOT NULL,
    client_id uuid,
    telegram_id bigint,
    description text,
    status text DEFAULT 'new'::text NOT NULL,
    account_id bigint,
    amocrm_deal_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    done_at timestamp with time zone,
    number bigint NOT NULL,
    account text DEFAULT 'default'::text NOT NULL,
    phone text,
    photos jsonb DEFAULT '[]'::jsonb NOT NULL,
    lead_id uuid,
    engineer bigint,
    taken_at timestamp with time zone,
    result text,
    pushed_stage bigint,
    idempotency_key text,
    CONSTRAINT service_requests_status_check CHECK ((status = ANY (ARRAY['new'::text, 'in_progress'::text, 'done'::text, 'cancelled'::text])))
);
ALTER TABLE public.service_requests ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.service_requests_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.telegram_moves (
    chat_id bigint NOT NULL,
    moved_to bigint NOT NULL,
    moved_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.telegram_trouble (
    only_row boolean DEFAULT true NOT NULL,
    state text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    cause text NOT NULL,
    remedy text NOT NULL,
    CONSTRAINT telegram_trouble_only_row_check CHECK (only_row),
    CONSTRAINT telegram_trouble_state_check CHECK ((state = ANY (ARRAY['unreachable'::text, 'token-refused'::text])))
);
CREATE TABLE public.telegram_users (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tg_id bigint NOT NULL,
    phone text,
    role text DEFAULT 'director'::text NOT NULL,
    company_name text,
    is_verified boolean DEFAULT false NOT NULL,
    client_id uuid,
    chat_closed boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    name text,
    staff boolean DEFAULT false NOT NULL,
    linked_by text,
    linked_at timestamp with time zone,
    phone_shared_at timestamp with time zone,
    chat_closed_at timestamp with time zone,
    chat_closed_why text,
    CONSTRAINT telegram_users_role_check CHECK ((role = ANY (ARRAY['director'::text, 'engineer'::text, 'procurement'::text])))
);
CREATE TABLE public.webhook_second_looks (
    event_id bigint NOT NULL,
    due_at timestamp with time zone NOT NULL
);
INSERT INTO public.account_watch VALUES ('default', '2026-11-20 10:00:00+00', 'ok', NULL, NULL, NULL);
INSERT INTO public.amocrm_accounts VALUES ('east', 40000018, 'ok', NULL, NULL, 0, NULL, '2026-11-28 00:13:11.516946+00', 0, 'Asia/Vladivostok', '2026-11-19 08:00:00+00', false);
INSERT INTO public.amocrm_accounts VALUES ('default', 40000017, 'slowed', 'amoCRM отвечает 429', 'Ничего делать не нужно', 3, '2026-11-20 10:00:05+00', '2026-11-20 10:00:00+00', 41, NULL, NULL, true);
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (1, 'default', '2026-11-20 09:00:01+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (2, 'default', '2026-11-20 09:00:02+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (3, 'default', '2026-11-20 09:00:03+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (4, 'default', '2026-11-20 09:00:04+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (5, 'default', '2026-11-20 09:00:05+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (6, 'default', '2026-11-20 09:00:06+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (7, 'default', '2026-11-20 09:00:07+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (8, 'default', '2026-11-20 09:00:08+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (9, 'default', '2026-11-20 09:00:09+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (10, 'default', '2026-11-20 09:00:10+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (11, 'default', '2026-11-20 09:00:11+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (12, 'default', '2026-11-20 09:00:12+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (13, 'default', '2026-11-20 09:00:13+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (14, 'default', '2026-11-20 09:00:14+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (15, 'default', '2026-11-20 09:00:15+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (16, 'default', '2026-11-20 09:00:16+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (17, 'default', '2026-11-20 09:00:17+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (18, 'default', '2026-11-20 09:00:18+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (19, 'default', '2026-11-20 09:00:19+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (20, 'default', '2026-11-20 09:00:20+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (21, 'default', '2026-11-20 09:00:21+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (22, 'default', '2026-11-20 09:00:22+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (23, 'default', '2026-11-20 09:00:23+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (24, 'default', '2026-11-20 09:00:24+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (25, 'default', '2026-11-20 09:00:25+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (26, 'default', '2026-11-20 09:00:26+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (27, 'default', '2026-11-20 09:00:27+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (28, 'default', '2026-11-20 09:00:28+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (29, 'default', '2026-11-20 09:00:29+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (30, 'default', '2026-11-20 09:00:30+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (31, 'default', '2026-11-20 09:00:31+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (32, 'default', '2026-11-20 09:00:32+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (33, 'default', '2026-11-20 09:00:33+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (34, 'default', '2026-11-20 09:00:34+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (35, 'default', '2026-11-20 09:00:35+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (36, 'default', '2026-11-20 09:00:36+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (37, 'default', '2026-11-20 09:00:37+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (38, 'default', '2026-11-20 09:00:38+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (39, 'default', '2026-11-20 09:00:39+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (40, 'default', '2026-11-20 09:00:40+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (41, 'default', '2026-11-20 09:00:41+00');
INSERT INTO public.amocrm_calls OVERRIDING SYSTEM VALUE VALUES (42, 'default', '2026-11-20 09:00:42+00');
INSERT INTO public.amocrm_contacts VALUES (40000017, 5001, '20000000-0000-4000-8000-000000000001', 'Иван Пример', '{+79000000001}', '{One@Example.com}', '2026-11-18 09:00:02+00', '{"id": 5001, "custom_fields_values": [{"values": [{"value": "8 900 000-00-01"}], "field_code": "PHONE"}]}', '2026-11-18 09:00:05+00', false, 1);
INSERT INTO public.amocrm_contacts VALUES (40000017, 5002, '20000000-0000-4000-8000-000000000002', 'Анна Пример', '{+77700000001}', '{}', '2026-11-18 09:00:02+00', '{"id": 5002, "custom_fields_values": [{"values": [{"value": "ИНН 7700000001"}], "field_code": "PHONE"}]}', '2026-11-18 09:00:05+00', false, 2);
INSERT INTO public.amocrm_deals VALUES ('9cc84bec-8d63-4376-bac3-e7af34917c44', '20000000-0000-4000-8000-000000000001', NULL, 40000017, '7001', 21, 11, NULL, 125000, NULL, NULL, '2026-11-18 09:00:02+00', '[{"values": [{"value": "SN-1"}], "field_id": 901}]', 0, '{"id": 7001, "_embedded": {"contacts": [{"id": 5001}]}}', '[]', '{"rentprog_booking_id": "4711"}', false, NULL, '2026-11-28 00:13:11.799389+00', 1, '{"serial SN-1"}');
INSERT INTO public.amocrm_paces VALUES ('default', 0.5, 40, '2026-11-20 10:00:00+00', '2026-11-20 10:00:01+00');
INSERT INTO public.amocrm_refused_values VALUES ('default', 'status_id', 77, 'NotSupportedChoice', 'Нет такого этапа', 'Назовите другой', '2026-11-28 00:13:12.185682+00', '2026-11-20 11:00:00+00', false);
INSERT INTO public.amocrm_refused_work VALUES ('crm.lead 3', 'default', 'POST /api/v4/leads', 'trial over', 41, '2026-11-28 00:13:12.193067+00', '2026-11-28 00:13:12.193067+00', false);
INSERT INTO public.amocrm_webhook_events VALUES (1, '2026-11-18 09:00:03+00', 'lead.add', 'lead', '7001', '1111111111111111111111111111111111111111111111111111111111111111', '{"id": "7001", "status_id": "11"}', 40000017, 'default', true, '{}', 'done', 1, '2026-11-28 00:13:11.637125+00', NULL, NULL, 0, false, NULL, '2026-11-18 09:00:04+00', NULL, 0);
INSERT INTO public.amocrm_webhook_events VALUES (2, '2026-11-20 09:59:58+00', 'lead.status', 'lead', '7001', '2222222222222222222222222222222222222222222222222222222222222222', '{"id": "7001", "status_id": "142"}', 40000017, 'default', false, '{}', NULL, 0, '2026-11-28 00:13:11.637125+00', NULL, NULL, 0, false, NULL, NULL, NULL, 0);
INSERT INTO public.amocrm_webhook_events VALUES (3, '2026-11-19 10:00:00+00', 'note.add', 'lead', '7001', '3333333333333333333333333333333333333333333333333333333333333333', '{"element_id": "7001"}', 40000017, 'default', false, '{}', 'dead', 5, '2026-11-28 00:13:11.637125+00', NULL, NULL, 0, false, 'not a number', NULL, NULL, 0);
INSERT INTO public.amocrm_webhook_events VALUES (4, '2026-11-19 11:00:00+00', 'unparsed', 'unparsed', NULL, '4444444444444444444444444444444444444444444444444444444444444444', '{"raw": "%zz"}', NULL, '', false, '{}', 'unparsed', 0, '2026-11-28 00:13:11.637125+00', NULL, NULL, 0, false, NULL, NULL, NULL, 0);
INSERT INTO public.client_merges VALUES ('20000000-0000-4000-8000-000000000009', '20000000-0000-4000-8000-000000000001', 'inn', '2026-11-18 12:00:00+00');
INSERT INTO public.clients VALUES ('20000000-0000-4000-8000-000000000001', 'ООО «Пример»', '7700000001', '{"emails": ["one@example.com"], "phones": ["+79000000001"]}', 40000017, 6001, '2026-11-28 00:13:11.65666+00', '2026-11-28 00:13:11.65666+00');
INSERT INTO public.clients VALUES ('20000000-0000-4000-8000-000000000002', 'Анна Пример', NULL, '{"emails": [], "phones": ["+79000000002"]}', 40000017, NULL, '2026-11-28 00:13:11.65666+00', '2026-11-28 00:13:11.65666+00');
INSERT INTO public.clock_seen VALUES (true, '2026-11-28 00:11:17.502468+00');
INSERT INTO public.contact_claims VALUES ('default', '+79000000002', '2026-11-20 10:00:08+00', 2, 1, NULL);
INSERT INTO public.conversation_messages VALUES (40000017, '50000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000001', 'incoming', 'Иван', 'Добрый день', '2026-11-18 09:30:00+00', NULL);
INSERT INTO public.conversations VALUES ('40000000-0000-4000-8000-000000000001', 40000017, '301', NULL, 5001, '7001', NULL, '20000000-0000-4000-8000-000000000001', NULL, NULL, '2026-11-28 00:13:11.764666+00', '2026-11-28 00:13:11.764666+00', NULL);
INSERT INTO public.crm_notes VALUES (40000017, '801', 'lead', '7001', '7001', NULL, '20000000-0000-4000-8000-000000000001', 'common', 'Звонил', 12, NULL, NULL, '2026-11-28 00:13:11.917263+00', '2026-11-20 09:00:00+00');
INSERT INTO public.database_owner VALUES (true, 'live', '2026-11-28 00:13:12.339635+00');
INSERT INTO public.deal_contacts VALUES (40000017, '7001', 5001);
INSERT INTO public.deal_maintenance_dates VALUES (40000017, '7001', '2026-12-20', NULL, NULL, NULL, NULL, 1, NULL);
INSERT INTO public.deal_metadata_mappings VALUES ('default', '{"rentprog_booking_id": 902}', 2);
INSERT INTO public.flyway_schema_history VALUES (1, '1', 'tables', 'SQL', 'V1__tables.sql', 1306479545, 'postgres', '2026-11-28 00:11:13.208125', 1552, true);
INSERT INTO public.flyway_schema_history VALUES (2, '2', 'leases', 'SQL', 'V2__leases.sql', -1167376369, 'postgres', '2026-11-28 00:11:15.220919', 122, true);
INSERT INTO public.flyway_schema_history VALUES (3, '3', 'quartz', 'SQL', 'V3__quartz.sql', 1080827497, 'postgres', '2026-11-28 00:11:15.479719', 1019, true);
INSERT INTO public.flyway_schema_history VALUES (4, '4', 'clients', 'SQL', 'V4__clients.sql', -415734169, 'postgres', '2026-11-28 00:11:16.568645', 67, true);
INSERT INTO public.flyway_schema_history VALUES (5, '5', 'turns', 'SQL', 'V5__turns.sql', 28798787, 'postgres', '2026-11-28 00:11:16.737659', 35, true);
INSERT INTO public.flyway_schema_history VALUES (6, '6', 'strangers', 'SQL', 'V6__strangers.sql', -2065050509, 'postgres', '2026-11-28 00:11:16.860101', 122, true);
INSERT INTO public.flyway_schema_history VALUES (7, '7', 'reconciliation', 'SQL', 'V7__reconciliation.sql', -323049904, 'postgres', '2026-11-28 00:11:17.119954', 154, true);
INSERT INTO public.flyway_schema_history VALUES (8, '8', 'pause and clock', 'SQL', 'V8__pause_and_clock.sql', -2050351996, 'postgres', '2026-11-28 00:11:17.444173', 191, true);
INSERT INTO public.flyway_schema_history VALUES (9, '9', 'quick lookups', 'SQL', 'V9__quick_lookups.sql', 368748042, 'postgres', '2026-11-28 00:11:17.717771', 43, true);
INSERT INTO public.flyway_schema_history VALUES (10, '10', 'smaller indexes', 'SQL', 'V10__smaller_indexes.sql', -2074671498, 'postgres', '2026-11-28 00:11:17.82186', 51, true);
INSERT INTO public.flyway_schema_history VALUES (11, '11', 'rest after death', 'SQL', 'V11__rest_after_death.sql', 1485546605, 'postgres', '2026-11-28 00:11:17.969708', 55, true);
INSERT INTO public.flyway_schema_history VALUES (12, '12', 'who is who', 'SQL', 'V12__who_is_who.sql', -1643221716, 'postgres', '2026-11-28 00:11:18.113372', 87, true);
INSERT INTO public.flyway_schema_history VALUES (13, '13', 'my park', 'SQL', 'V13__my_park.sql', 274675257, 'postgres', '2026-11-28 00:11:18.238859', 171, true);
INSERT INTO public.flyway_schema_history VALUES (14, '14', 'service', 'SQL', 'V14__service.sql', 1372703082, 'postgres', '2026-11-28 00:11:18.480447', 210, true);
INSERT INTO public.flyway_schema_history VALUES (15, '15', 'maintenance', 'SQL', 'V15__maintenance.sql', -2115201055, 'postgres', '2026-11-28 00:11:18.797766', 385, true);
INSERT INTO public.flyway_schema_history VALUES (16, '16', 'time index', 'SQL', 'V16__time_index.sql', -424201595, 'postgres', '2026-11-28 00:11:19.221584', 29, true);
INSERT INTO public.flyway_schema_history VALUES (17, '17', 'refusals', 'SQL', 'V17__refusals.sql', -652931140, 'postgres', '2026-11-28 00:11:19.308727', 142, true);
INSERT INTO public.flyway_schema_history VALUES (18, '18', 'pace', 'SQL', 'V18__pace.sql', 74928326, 'postgres', '2026-11-28 00:11:19.517704', 113, true);
INSERT INTO public.flyway_schema_history VALUES (19, '19', 'told again', 'SQL', 'V19__told_again.sql', 834119639, 'postgres', '2026-11-28 00:11:19.704872', 57, true);
INSERT INTO public.flyway_schema_history VALUES (20, '21', 'what contacts lack', 'SQL', 'V21__what_contacts_lack.sql', -743169823, 'postgres', '2026-11-28 00:11:19.809395', 40, true);
INSERT INTO public.flyway_schema_history VALUES (21, '22', 'days and serials', 'SQL', 'V22__days_and_serials.sql', -3409002, 'postgres', '2026-11-28 00:11:19.884182', 64, true);
INSERT INTO public.flyway_schema_history VALUES (22, '23', 'telegram', 'SQL', 'V23__telegram.sql', 1907899482, 'postgres', '2026-11-28 00:11:20.004419', 214, true);
INSERT INTO public.flyway_schema_history VALUES (23, '24', 'near serials', 'SQL', 'V24__near_serials.sql', -837513593, 'postgres', '2026-11-28 00:11:20.267092', 35, true);
INSERT INTO public.flyway_schema_history VALUES (24, '25', 'lapses', 'SQL', 'V25__lapses.sql', 1318287565, 'postgres', '2026-11-28 00:11:20.349723', 31, true);
INSERT INTO public.flyway_schema_history VALUES (25, '26', 'claims', 'SQL', 'V26__claims.sql', 364810777, 'postgres', '2026-11-28 00:11:20.453588', 20, true);
INSERT INTO public.flyway_schema_history VALUES (26, '27', 'who joins', 'SQL', 'V27__who_joins.sql', -1747523388, 'postgres', '2026-11-28 00:11:20.551817', 4, true);
INSERT INTO public.flyway_schema_history VALUES (27, '28', 'service photos', 'SQL', 'V28__service_photos.sql', -1898466702, 'postgres', '2026-11-28 00:11:20.628925', 118, true);
INSERT INTO public.flyway_schema_history VALUES (28, '29', 'counts once', 'SQL', 'V29__counts_once.sql', -1435137348, 'postgres', '2026-11-28 00:11:20.807248', 68, true);
INSERT INTO public.flyway_schema_history VALUES (29, '30', 'people who log in', 'SQL', 'V30__people_who_log_in.sql', 2125809269, 'postgres', '2026-11-28 00:11:20.909741', 179, true);
INSERT INTO public.flyway_schema_history VALUES (30, '31', 'owner', 'SQL', 'V31__owner.sql', -1047817481, 'postgres', '2026-11-28 00:11:21.137603', 113, true);
INSERT INTO public.invitations VALUES ('\x01', '20000000-0000-4000-8000-000000000001', 'engineer', false, 40000017, '7001', '2026-11-28 00:13:11.751682+00', '2026-12-01 00:00:00+00', NULL, NULL);
INSERT INTO public.lead_keys VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '10000000-0000-4000-8000-000000000001', 'infinity');
INSERT INTO public.lead_keys VALUES ('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '10000000-0000-4000-8000-000000000002', '2026-11-20 10:09:00+00');
INSERT INTO public.leads VALUES ('10000000-0000-4000-8000-000000000002', 'cart_order', 'Анна Пример', '+7 900 000 00 02', '+79000000002', NULL, NULL, 900002, 125000, '{"cart": [{"qty": 2, "sku": "A1"}]}', '["Телефон не понят"]', 'default', 'new', NULL, NULL, '2026-11-20 09:59:00+00', NULL, '[]', NULL);
INSERT INTO public.leads VALUES ('10000000-0000-4000-8000-000000000003', 'bot_order', NULL, 'нет', NULL, NULL, '?', 900003, 0, '{}', '[]', 'default', 'failed', NULL, NULL, '2026-11-19 09:00:00+00', NULL, '[]', NULL);
INSERT INTO public.leads VALUES ('10000000-0000-4000-8000-000000000001', 'site', 'Иван Пример', '8 900 000-00-01', '+79000000001', 'one@example.com', 'Перезвоните', NULL, 0, '{"page": "/"}', '[]', 'default', 'sent', 5001, 7001, '2026-11-18 09:00:00+00', '2026-11-18 09:00:02+00', '["Ответственный"]', '{"email": "two@example.com"}');
INSERT INTO public.login_admin VALUES (true, '$2a$10$invented.invented.invented.invented.invented.invented.inv');
INSERT INTO public.login_devices VALUES ('\x04', 'olga', '2026-11-28 00:13:12.32645+00', '2026-11-28 00:13:12.32645+00');
INSERT INTO public.login_sessions VALUES ('\x03', 'olga', '2026-11-28 00:13:12.312195+00', '2026-11-28 00:13:12.312195+00');
INSERT INTO public.machine_instances VALUES ('30000000-0000-4000-8000-000000000001', 'Станок', 'X-1', '20000000-0000-4000-8000-000000000001', 'SN-1', 'operational', NULL, '[]', '2026-12-19 21:00:00+00', 40000017, '7001', '2026-11-28 00:13:11.848361+00', '2026-11-28 00:13:11.848361+00', '[{"url": "https://example.com/p.pdf", "title": "Паспорт"}]', 40000017, '7001');
INSERT INTO public.maintenance_announcements VALUES ('30000000-0000-4000-8000-000000000001', '2026-12-20', 30, '2026-11-20 07:00:00+00');
INSERT INTO public.model_consumables VALUES ('x-1', 1, 'X-1', 'Масло', 'M-5', '5 л');
INSERT INTO public.oauth_tokens VALUES ('east', '6f0f7d4e-0000-4000-8000-000000000001', 'https://example.amocrm.ru', 40000018, 'sealed-access', 'sealed-refresh', '2026-11-21 08:00:00+00', '2026-11-28 00:13:11.532887+00', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.one_time_uses VALUES ('oauth-code', '\x02', '2026-11-28 00:13:12.272639+00');
INSERT INTO public.outbox VALUES (1, 'crm.lead', 'default', 'crm.lead:10000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000001', '{}', 'done', 1, '2026-11-18 09:00:00+00', NULL, NULL, 0, false, false, NULL, '7001', '2026-11-18 09:00:00+00', '2026-11-18 09:00:02+00', NULL, 0);
INSERT INTO public.outbox VALUES (2, 'crm.lead', 'default', 'crm.lead:10000000-0000-4000-8000-000000000002', '10000000-0000-4000-8000-000000000002', '{}', 'pending', 0, '2026-11-20 09:59:00+00', NULL, NULL, 0, false, false, NULL, NULL, '2026-11-20 09:59:00+00', NULL, NULL, 0);
INSERT INTO public.outbox VALUES (5, 'telegram.maintenance-due', '', 'telegram.maintenance-due:30000000-0000-4000-8000-000000000001:2026-12-20:900001', '30000000-0000-4000-8000-000000000001', '{"chat": 900001}', 'skipped', 1, '2026-11-20 07:00:00+00', NULL, NULL, 0, false, false, NULL, NULL, '2026-11-20 07:00:00+00', '2026-11-20 07:00:01+00', NULL, 0);
INSERT INTO public.outbox VALUES (4, 'mail.lead-copy', '', 'mail.lead-copy:10000000-0000-4000-8000-000000000002', '10000000-0000-4000-8000-000000000002', '{}', 'failed', 3, '2026-11-20 09:59:30+00', '2026-11-20 10:00:10+00', 1, 0, false, false, '421 later', NULL, '2026-11-20 09:59:00+00', NULL, NULL, 0);
INSERT INTO public.outbox VALUES (3, 'crm.lead', 'default', 'crm.lead:10000000-0000-4000-8000-000000000003', '10000000-0000-4000-8000-000000000003', '{}', 'dead', 3, '2026-11-19 09:05:00+00', NULL, NULL, 3, false, false, 'amoCRM POST /api/v4/leads → 400 responsible_user_id: NotSupportedChoice', NULL, '2026-11-19 09:00:00+00', NULL, '2026-11-19 09:05:00+00', 0);
INSERT INTO public.park_confirmations VALUES ('60000000-0000-4000-8000-000000000001', 900001, NULL, '2026-11-28 00:13:12.247112+00', '2026-11-20 10:10:00+00', 0, NULL, NULL);
INSERT INTO public.paused_kinds VALUES ('telegram.machine-registered', '2026-11-20 09:00:00+00');
INSERT INTO public.people VALUES ('olga', 'operator', '$2a$10$invented.invented.invented.invented.invented.invented.inv', '2026-11-28 00:13:12.296862+00', '2026-11-28 00:13:12.296862+00');
INSERT INTO public.qrtz_cron_triggers VALUES ('amo-relay', 'maintenance', 'camel', '0 0 10 * * ?', 'Europe/Moscow');
INSERT INTO public.qrtz_job_details VALUES ('amo-relay', 'maintenance', 'camel', NULL, 'org.apache.camel.component.quartz.CamelJob', true, false, false, true, '\x00');
INSERT INTO public.qrtz_triggers VALUES ('amo-relay', 'maintenance', 'camel', 'maintenance', 'camel', NULL, 1795244400000, 1795158000000, 5, 'WAITING', 'CRON', 1795100000000, 0, NULL, 1, '\x00');
INSERT INTO public.reconciliations OVERRIDING SYSTEM VALUE VALUES (1, 'default', 'downtime', '2026-11-19 00:00:00+00', '2026-11-19 01:00:00+00', 'changes', '2026-11-19 00:30:00+00', 1, 0, 0, 0, 0, NULL, '2026-11-28 00:13:11.96633+00', NULL);
INSERT INTO public.service_photos VALUES ('70000000-0000-4000-8000-000000000001', 900001, 'jpg', '\xffd8ff', NULL, '2026-11-28 00:13:12.25685+00');
INSERT INTO public.service_requests OVERRIDING SYSTEM VALUE VALUES ('0c747893-81c7-4bf0-9e28-dc40ad8bf0dc', '30000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000001', 900001, 'Шумит', 'new', 40000017, NULL, '2026-11-28 00:13:11.929182+00', '2026-11-28 00:13:11.929182+00', NULL, 1, 'default', NULL, '["AgACAgIAAx"]', '10000000-0000-4000-8000-000000000001', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.telegram_moves VALUES (-100, -1000100, '2026-11-28 00:13:12.22874+00');
INSERT INTO public.telegram_trouble VALUES (true, 'unreachable', '2026-11-28 00:13:12.239115+00', 'Telegram не отвечает', 'Проверьте сеть');
INSERT INTO public.telegram_users VALUES ('de8af2a4-2aa4-4c44-8db7-89c7968b5ff5', 900002, NULL, 'director', NULL, false, NULL, false, '2026-11-28 00:13:11.745143+00', 'Анна', false, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.telegram_users VALUES ('e4578e0e-9f6e-4d32-9ef7-c7243ec2c2e5', 900001, '+79000000001', 'director', NULL, true, '20000000-0000-4000-8000-000000000001', true, '2026-11-28 00:13:11.745143+00', 'Иван', false, 'sale', '2026-11-18 10:00:00+00', NULL, '2026-11-20 07:00:01+00', 'deactivated');
INSERT INTO public.webhook_second_looks VALUES (1, '2026-11-20 12:00:00+00');
SELECT pg_catalog.setval('public.amocrm_calls_id_seq', 42, true);
SELECT pg_catalog.setval('public.amocrm_webhook_events_id_seq', 4, true);
SELECT pg_catalog.setval('public.crm_reads', 2, true);
SELECT pg_catalog.setval('public.health_probes', 1, true);
SELECT pg_catalog.setval('public.lease_numbers', 1, true);
SELECT pg_catalog.setval('public.outbox_id_seq', 5, true);
SELECT pg_catalog.setval('public.reconciliations_id_seq', 1, true);
SELECT pg_catalog.setval('public.service_requests_number_seq', 1, true);
ALTER TABLE ONLY public.account_watch
    ADD CONSTRAINT account_watch_pkey PRIMARY KEY (account);
ALTER TABLE ONLY public.amocrm_accounts
    ADD CONSTRAINT amocrm_accounts_account_id_key UNIQUE (account_id);
ALTER TABLE ONLY public.amocrm_accounts
    ADD CONSTRAINT amocrm_accounts_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.amocrm_calls
    ADD CONSTRAINT amocrm_calls_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.amocrm_contacts
    ADD CONSTRAINT amocrm_contacts_pkey PRIMARY KEY (account_id, contact_id);
ALTER TABLE ONLY public.amocrm_deals
    ADD CONSTRAINT amocrm_deals_account_id_amocrm_deal_id_key UNIQUE (account_id, amocrm_deal_id);
ALTER TABLE ONLY public.amocrm_deals
    ADD CONSTRAINT amocrm_deals_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.amocrm_paces
    ADD CONSTRAINT amocrm_paces_pkey PRIMARY KEY (account);
ALTER TABLE ONLY public.amocrm_refused_values
    ADD CONSTRAINT amocrm_refused_values_pkey PRIMARY KEY (account, place, value);
ALTER TABLE ONLY public.amocrm_refused_work
    ADD CONSTRAINT amocrm_refused_work_pkey PRIMARY KEY (work);
ALTER TABLE ONLY public.amocrm_webhook_events
    ADD CONSTRAINT amocrm_webhook_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.client_merges
    ADD CONSTRAINT client_merges_pkey PRIMARY KEY (loser);
ALTER TABLE ONLY public.clients
    ADD CONSTRAINT clients_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.clock_seen
    ADD CONSTRAINT clock_seen_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY public.contact_claims
    ADD CONSTRAINT contact_claims_pkey PRIMARY KEY (account, person);
ALTER TABLE ONLY public.conversation_messages
    ADD CONSTRAINT conversation_messages_pkey PRIMARY KEY (account_id, message_id);
ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_account_id_amocrm_talk_id_key UNIQUE (account_id, amocrm_talk_id);
ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crm_notes
    ADD CONSTRAINT crm_notes_pkey PRIMARY KEY (account_id, note_id);
ALTER TABLE ONLY public.database_owner
    ADD CONSTRAINT database_owner_pkey PRIMARY KEY (one);
ALTER TABLE ONLY public.deal_contacts
    ADD CONSTRAINT deal_contacts_pkey PRIMARY KEY (account_id, amocrm_deal_id, contact_id);
ALTER TABLE ONLY public.deal_maintenance_dates
    ADD CONSTRAINT deal_maintenance_dates_pkey PRIMARY KEY (account_id, amocrm_deal_id);
ALTER TABLE ONLY public.deal_metadata_mappings
    ADD CONSTRAINT deal_metadata_mappings_pkey PRIMARY KEY (account);
ALTER TABLE ONLY public.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.lead_keys
    ADD CONSTRAINT lead_keys_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.leads
    ADD CONSTRAINT leads_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.login_admin
    ADD CONSTRAINT login_admin_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY public.login_devices
    ADD CONSTRAINT login_devices_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY public.login_sessions
    ADD CONSTRAINT login_sessions_pkey PRIMARY KEY (hash);
ALTER TABLE ONLY public.machine_instances
    ADD CONSTRAINT machine_instances_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.machine_instances
    ADD CONSTRAINT machine_instances_serial_number_key UNIQUE (serial_number);
ALTER TABLE ONLY public.maintenance_announcements
    ADD CONSTRAINT maintenance_announcements_pkey PRIMARY KEY (machine_id, day, step);
ALTER TABLE ONLY public.model_consumables
    ADD CONSTRAINT model_consumables_pkey PRIMARY KEY (model_key, "position");
ALTER TABLE ONLY public.oauth_tokens
    ADD CONSTRAINT oauth_tokens_pkey PRIMARY KEY (account);
ALTER TABLE ONLY public.one_time_uses
    ADD CONSTRAINT one_time_uses_pkey PRIMARY KEY (kind, hash);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_dedupe_key_key UNIQUE (dedupe_key);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.park_confirmations
    ADD CONSTRAINT park_confirmations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.park_confirmations
    ADD CONSTRAINT park_confirmations_proof_key UNIQUE (proof);
ALTER TABLE ONLY public.paused_kinds
    ADD CONSTRAINT paused_kinds_pkey PRIMARY KEY (kind);
ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.qrtz_blob_triggers
    ADD CONSTRAINT qrtz_blob_triggers_pkey PRIMARY KEY (sched_name, trigger_name, trigger_group);
ALTER TABLE ONLY public.qrtz_calendars
    ADD CONSTRAINT qrtz_calendars_pkey PRIMARY KEY (sched_name, calendar_name);
ALTER TABLE ONLY public.qrtz_cron_triggers
    ADD CONSTRAINT qrtz_cron_triggers_pkey PRIMARY KEY (sched_name, trigger_name, trigger_group);
ALTER TABLE ONLY public.qrtz_fired_triggers
    ADD CONSTRAINT qrtz_fired_triggers_pkey PRIMARY KEY (sched_name, entry_id);
ALTER TABLE ONLY public.qrtz_job_details
    ADD CONSTRAINT qrtz_job_details_pkey PRIMARY KEY (sched_name, job_name, job_group);
ALTER TABLE ONLY public.qrtz_locks
    ADD CONSTRAINT qrtz_locks_pkey PRIMARY KEY (sched_name, lock_name);
ALTER TABLE ONLY public.qrtz_paused_trigger_grps
    ADD CONSTRAINT qrtz_paused_trigger_grps_pkey PRIMARY KEY (sched_name, trigger_group);
ALTER TABLE ONLY public.qrtz_scheduler_state
    ADD CONSTRAINT qrtz_scheduler_state_pkey PRIMARY KEY (sched_name, instance_name);
ALTER TABLE ONLY public.qrtz_simple_triggers
    ADD CONSTRAINT qrtz_simple_triggers_pkey PRIMARY KEY (sched_name, trigger_name, trigger_group);
ALTER TABLE ONLY public.qrtz_simprop_triggers
    ADD CONSTRAINT qrtz_simprop_triggers_pkey PRIMARY KEY (sched_name, trigger_name, trigger_group);
ALTER TABLE ONLY public.qrtz_triggers
    ADD CONSTRAINT qrtz_triggers_pkey PRIMARY KEY (sched_name, trigger_name, trigger_group);
ALTER TABLE ONLY public.reconciliations
    ADD CONSTRAINT reconciliations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.service_photos
    ADD CONSTRAINT service_photos_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.service_requests
    ADD CONSTRAINT service_requests_idempotency_key_key UNIQUE (idempotency_key);
ALTER TABLE ONLY public.service_requests
    ADD CONSTRAINT service_requests_lead_id_key UNIQUE (lead_id);
ALTER TABLE ONLY public.service_requests
    ADD CONSTRAINT service_requests_number_key UNIQUE (number);
ALTER TABLE ONLY public.service_requests
    ADD CONSTRAINT service_requests_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.telegram_moves
    ADD CONSTRAINT telegram_moves_pkey PRIMARY KEY (chat_id);
ALTER TABLE ONLY public.telegram_trouble
    ADD CONSTRAINT telegram_trouble_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY public.telegram_users
    ADD CONSTRAINT telegram_users_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.telegram_users
    ADD CONSTRAINT telegram_users_tg_id_key UNIQUE (tg_id);
ALTER TABLE ONLY public.webhook_second_looks
    ADD CONSTRAINT webhook_second_looks_pkey PRIMARY KEY (event_id);
CREATE INDEX amocrm_calls_account ON public.amocrm_calls USING btree (account, ends_at);
CREATE INDEX amocrm_contacts_client ON public.amocrm_contacts USING btree (client_id);
CREATE INDEX amocrm_contacts_emails ON public.amocrm_contacts USING gin (public.lowered(emails)) WITH (fastupdate=off);
CREATE INDEX amocrm_contacts_phones ON public.amocrm_contacts USING gin (phones) WITH (fastupdate=off);
CREATE INDEX amocrm_deals_client ON public.amocrm_deals USING btree (client_id);
CREATE INDEX amocrm_deals_metadata ON public.amocrm_deals USING gin (metadata jsonb_path_ops) WITH (fastupdate=off) WHERE (metadata <> '{}'::jsonb);
CREATE INDEX amocrm_deals_updated ON public.amocrm_deals USING btree (account_id, updated_at);
CREATE INDEX amocrm_refused_work_call ON public.amocrm_refused_work USING btree (account, call);
CREATE INDEX amocrm_webhook_events_dead ON public.amocrm_webhook_events USING btree (account, id) WHERE (outcome = 'dead'::text);
CREATE INDEX amocrm_webhook_events_entity ON public.amocrm_webhook_events USING btree (entity_type, amocrm_entity_id);
CREATE UNIQUE INDEX amocrm_webhook_events_hash ON public.amocrm_webhook_events USING btree (((md5(event_hash))::uuid));
CREATE INDEX amocrm_webhook_events_notes ON public.amocrm_webhook_events USING btree (((payload ->> 'element_id'::text))) WHERE (event_type = 'note.add'::text);
CREATE INDEX amocrm_webhook_events_pending ON public.amocrm_webhook_events USING btree (account, next_attempt_at, id) WHERE ((processed = false) AND (outcome IS NULL));
CREATE INDEX amocrm_webhook_events_ts ON public.amocrm_webhook_events USING brin (ts) WITH (autosummarize='on');
CREATE INDEX clients_company ON public.clients USING btree (account_id, amocrm_company_id);
CREATE UNIQUE INDEX clients_inn ON public.clients USING btree (account_id, inn) WHERE (inn IS NOT NULL);
CREATE INDEX conversation_messages_conversation ON public.conversation_messages USING btree (conversation_id, sent_at);
CREATE INDEX conversations_client ON public.conversations USING btree (client_id);
CREATE INDEX conversations_contact ON public.conversations USING btree (account_id, amocrm_contact_id);
CREATE INDEX conversations_deal ON public.conversations USING btree (account_id, amocrm_deal_id);
CREATE INDEX conversations_orphans_contact ON public.conversations USING btree (account_id, amocrm_contact_id) WHERE (client_id IS NULL);
CREATE INDEX conversations_orphans_deal ON public.conversations USING btree (account_id, amocrm_deal_id) WHERE (client_id IS NULL);
CREATE INDEX conversations_orphans_new ON public.conversations USING btree (updated_at) WHERE (client_id IS NULL);
CREATE INDEX crm_notes_client ON public.crm_notes USING btree (client_id, created_at);
CREATE INDEX crm_notes_contact ON public.crm_notes USING btree (account_id, amocrm_contact_id) WHERE (amocrm_contact_id IS NOT NULL);
CREATE INDEX crm_notes_deal ON public.crm_notes USING btree (account_id, amocrm_deal_id) WHERE (amocrm_deal_id IS NOT NULL);
CREATE INDEX crm_notes_orphans_contact ON public.crm_notes USING btree (account_id, amocrm_contact_id) WHERE (client_id IS NULL);
CREATE INDEX crm_notes_orphans_deal ON public.crm_notes USING btree (account_id, amocrm_deal_id) WHERE (client_id IS NULL);
CREATE INDEX crm_notes_orphans_new ON public.crm_notes USING btree (stored_at) WHERE (client_id IS NULL);
CREATE INDEX deal_contacts_contact ON public.deal_contacts USING btree (account_id, contact_id);
CREATE INDEX flyway_schema_history_s_idx ON public.flyway_schema_history USING btree (success);
CREATE INDEX idx_qrtz_ft_inst_job_req_rcvry ON public.qrtz_fired_triggers USING btree (sched_name, instance_name, requests_recovery);
CREATE INDEX idx_qrtz_ft_j_g ON public.qrtz_fired_triggers USING btree (sched_name, job_name, job_group);
CREATE INDEX idx_qrtz_ft_jg ON public.qrtz_fired_triggers USING btree (sched_name, job_group);
CREATE INDEX idx_qrtz_ft_t_g ON public.qrtz_fired_triggers USING btree (sched_name, trigger_name, trigger_group);
CREATE INDEX idx_qrtz_ft_tg ON public.qrtz_fired_triggers USING btree (sched_name, trigger_group);
CREATE INDEX idx_qrtz_ft_trig_inst_name ON public.qrtz_fired_triggers USING btree (sched_name, instance_name);
CREATE INDEX idx_qrtz_j_grp ON public.qrtz_job_details USING btree (sched_name, job_group);
CREATE INDEX idx_qrtz_j_req_recovery ON public.qrtz_job_details USING btree (sched_name, requests_recovery);
CREATE INDEX idx_qrtz_t_c ON public.qrtz_triggers USING btree (sched_name, calendar_name);
CREATE INDEX idx_qrtz_t_g ON public.qrtz_triggers USING btree (sched_name, trigger_group);
CREATE INDEX idx_qrtz_t_j ON public.qrtz_triggers USING btree (sched_name, job_name, job_group);
CREATE INDEX idx_qrtz_t_jg ON public.qrtz_triggers USING btree (sched_name, job_group);
CREATE INDEX idx_qrtz_t_n_g_state ON public.qrtz_triggers USING btree (sched_name, trigger_group, trigger_state);
CREATE INDEX idx_qrtz_t_n_state ON public.qrtz_triggers USING btree (sched_name, trigger_name, trigger_group, trigger_state);
CREATE INDEX idx_qrtz_t_next_fire_time ON public.qrtz_triggers USING btree (sched_name, next_fire_time);
CREATE INDEX idx_qrtz_t_nft_misfire ON public.qrtz_triggers USING btree (sched_name, misfire_instr, next_fire_time);
CREATE INDEX idx_qrtz_t_nft_st ON public.qrtz_triggers USING btree (sched_name, trigger_state, next_fire_time);
CREATE INDEX idx_qrtz_t_nft_st_misfire ON public.qrtz_triggers USING btree (sched_name, misfire_instr, next_fire_time, trigger_state);
CREATE INDEX idx_qrtz_t_nft_st_misfire_grp ON public.qrtz_triggers USING btree (sched_name, misfire_instr, next_fire_time, trigger_group, trigger_state);
CREATE INDEX idx_qrtz_t_state ON public.qrtz_triggers USING btree (sched_name, trigger_state);
CREATE INDEX invitations_deal ON public.invitations USING btree (account_id, amocrm_deal_id);
CREATE INDEX lead_keys_expiry ON public.lead_keys USING btree (expires_at) WHERE (expires_at < 'infinity'::timestamp with time zone);
CREATE INDEX leads_amo_contact ON public.leads USING btree (amo_contact_id) WHERE (amo_contact_id IS NOT NULL);
CREATE INDEX leads_amo_lead ON public.leads USING btree (amo_lead_id) WHERE (amo_lead_id IS NOT NULL);
CREATE INDEX leads_created ON public.leads USING btree (created_at);
CREATE INDEX leads_phone ON public.leads USING btree (phone_e164);
CREATE INDEX login_devices_name ON public.login_devices USING btree (name);
CREATE INDEX login_sessions_name ON public.login_sessions USING btree (name);
CREATE INDEX machine_instances_client ON public.machine_instances USING btree (client_id);
CREATE INDEX machine_instances_deal ON public.machine_instances USING btree (account_id, amocrm_deal_id);
CREATE INDEX machine_instances_due ON public.machine_instances USING btree (next_maintenance_date);
CREATE INDEX machine_instances_serial_key ON public.machine_instances USING btree (public.serial_key(serial_number));
CREATE INDEX outbox_dead ON public.outbox USING btree (kind, account, id) WHERE (status = 'dead'::text);
CREATE INDEX outbox_pending ON public.outbox USING btree (kind, account, next_attempt_at, id) WHERE (status = ANY (ARRAY['pending'::text, 'failed'::text]));
CREATE INDEX outbox_subject ON public.outbox USING btree (subject_id);
CREATE INDEX park_confirmations_person ON public.park_confirmations USING btree (tg_id, created_at);
CREATE INDEX reconciliations_account ON public.reconciliations USING btree (account, id);
CREATE INDEX service_photos_person ON public.service_photos USING btree (telegram_id, created_at);
CREATE INDEX service_photos_waiting ON public.service_photos USING btree (created_at) WHERE (bytes IS NOT NULL);
CREATE INDEX service_requests_deal ON public.service_requests USING btree (account, amocrm_deal_id) WHERE (amocrm_deal_id IS NOT NULL);
CREATE INDEX service_requests_machine ON public.service_requests USING btree (machine_id);
CREATE INDEX service_requests_newest ON public.service_requests USING btree (client_id, number DESC);
CREATE INDEX telegram_users_client ON public.telegram_users USING btree (client_id);
CREATE INDEX telegram_users_closed ON public.telegram_users USING btree (chat_closed_at) WHERE chat_closed;
CREATE INDEX webhook_second_looks_due ON public.webhook_second_looks USING btree (due_at);
CREATE TRIGGER amocrm_webhook_events_lapses BEFORE UPDATE OF lease ON public.amocrm_webhook_events FOR EACH ROW WHEN ((new.lease <> old.lease)) EXECUTE FUNCTION public.count_lapse();
CREATE TRIGGER outbox_lapses BEFORE UPDATE OF lease ON public.outbox FOR EACH ROW WHEN ((new.lease <> old.lease)) EXECUTE FUNCTION public.count_lapse();
CREATE TRIGGER telegram_users_who_joins AFTER UPDATE ON public.telegram_users REFERENCING OLD TABLE AS was NEW TABLE AS now_is FOR EACH STATEMENT EXECUTE FUNCTION public.tell_who_joins();
ALTER TABLE ONLY public.amocrm_contacts
    ADD CONSTRAINT amocrm_contacts_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id);
ALTER TABLE ONLY public.amocrm_deals
    ADD CONSTRAINT amocrm_deals_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id);
ALTER TABLE ONLY public.amocrm_deals
    ADD CONSTRAINT amocrm_deals_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversations(id);
ALTER TABLE ONLY public.conversation_messages
    ADD CONSTRAINT conversation_messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversations(id);
ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id);
ALTER TABLE ONLY public.crm_notes
    ADD CONSTRAINT crm_notes_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id);
ALTER TABLE ONLY public.machine_instances
    ADD CONSTRAINT machine_instances_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id);
ALTER TABLE ONLY public.maintenance_announcements
    ADD CONSTRAINT maintenance_announcements_machine_id_fkey FOREIGN KEY (machine_id) REFERENCES public.machine_instances(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.qrtz_blob_triggers
    ADD CONSTRAINT qrtz_blob_triggers_sched_name_trigger_name_trigger_group_fkey FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES public.qrtz_triggers(sched_name, trigger_name, trigger_group);
ALTER TABLE ONLY public.qrtz_cron_triggers
    ADD CONSTRAINT qrtz_cron_triggers_sched_name_trigger_name_trigger_group_fkey FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES public.qrtz_triggers(sched_name, trigger_name, trigger_group);
ALTER TABLE ONLY public.qrtz_simple_triggers
    ADD CONSTRAINT qrtz_simple_triggers_sched_name_trigger_name_trigger_group_fkey FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES public.qrtz_triggers(sched_name, trigger_name, trigger_group);
ALTER TABLE ONLY public.qrtz_simprop_triggers
    ADD CONSTRAINT qrtz_simprop_triggers_sched_name_trigger_name_trigger_grou_fkey FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES public.qrtz_triggers(sched_name, trigger_name, trigger_group);
ALTER TABLE ONLY public.qrtz_triggers
    ADD CONSTRAINT qrtz_triggers_sched_name_job_name_job_group_fkey FOREIGN KEY (sched_name, job_name, job_group) REFERENCES public.qrtz_job_details(sched_name, job_name, job_group);
ALTER TABLE ONLY public.service_requests
    ADD CONSTRAINT service_requests_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id);
ALTER TABLE ONLY public.service_requests
    ADD CONSTRAINT service_requests_machine_id_fkey FOREIGN KEY (machine_id) REFERENCES public.machine_instances(id);
ALTER TABLE ONLY public.telegram_users
    ADD CONSTRAINT telegram_users_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id);
