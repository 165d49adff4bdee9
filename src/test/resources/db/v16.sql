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
    processed_at timestamp with time zone
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
      AND (gone.phones && heir.phones OR lowered(gone.emails) && lowered(heir.emails))
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
CREATE FUNCTION public.take_amocrm_call(wanted_account text, sizes integer[], spans interval[], share double precision, OUT call_id bigint, OUT wait_ms bigint) RETURNS record
    LANGUAGE plpgsql
    AS $$
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
    time_zone text DEFAULT 'Europe/Moscow'::text NOT NULL,
    time_zone_read_at timestamp with time zone,
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
    read_no bigint DEFAULT 0 NOT NULL
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
    updated_at timestamp with time zone DEFAULT now() NOT NULL
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
    CONSTRAINT crm_notes_entity_type_check CHECK ((entity_type = ANY (ARRAY['lead'::text, 'contact'::text, 'company'::text, 'customer'::text, 'other'::text])))
);
CREATE SEQUENCE public.crm_reads
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
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
    delivered_at timestamp with time zone
);
CREATE SEQUENCE public.lease_numbers
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
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
ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.paused_kinds (
    kind text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL
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
    CONSTRAINT telegram_users_role_check CHECK ((role = ANY (ARRAY['director'::text, 'engineer'::text, 'procurement'::text])))
);
INSERT INTO public.account_watch VALUES ('default', '2026-11-20 10:00:00+00', 'ok', NULL, NULL, NULL);
INSERT INTO public.amocrm_accounts VALUES ('default', 40000017, 'slowed', 'amoCRM отвечает 429', 'Ничего делать не нужно', 3, '2026-11-20 10:00:05+00', '2026-11-20 10:00:00+00', 41, 'Europe/Moscow', NULL);
INSERT INTO public.amocrm_accounts VALUES ('east', 40000018, 'ok', NULL, NULL, 0, NULL, '2026-11-28 00:13:10.608891+00', 0, 'Asia/Vladivostok', '2026-11-19 08:00:00+00');
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
INSERT INTO public.amocrm_deals VALUES ('4ff597e0-8c3b-4043-b1ce-1327b8d06661', '20000000-0000-4000-8000-000000000001', NULL, 40000017, '7001', 21, 11, NULL, 125000, NULL, NULL, '2026-11-18 09:00:02+00', '[{"values": [{"value": "SN-1"}], "field_id": 901}]', 0, '{"id": 7001, "_embedded": {"contacts": [{"id": 5001}]}}', '[]', '{"rentprog_booking_id": "4711"}', false, NULL, '2026-11-28 00:13:10.924984+00', 1);
INSERT INTO public.amocrm_webhook_events VALUES (1, '2026-11-18 09:00:03+00', 'lead.add', 'lead', '7001', '1111111111111111111111111111111111111111111111111111111111111111', '{"id": "7001", "status_id": "11"}', 40000017, 'default', true, '{}', 'done', 1, '2026-11-28 00:13:10.731367+00', NULL, NULL, 0, false, NULL, '2026-11-18 09:00:04+00');
INSERT INTO public.amocrm_webhook_events VALUES (2, '2026-11-20 09:59:58+00', 'lead.status', 'lead', '7001', '2222222222222222222222222222222222222222222222222222222222222222', '{"id": "7001", "status_id": "142"}', 40000017, 'default', false, '{}', NULL, 0, '2026-11-28 00:13:10.731367+00', NULL, NULL, 0, false, NULL, NULL);
INSERT INTO public.amocrm_webhook_events VALUES (3, '2026-11-19 10:00:00+00', 'note.add', 'lead', '7001', '3333333333333333333333333333333333333333333333333333333333333333', '{"element_id": "7001"}', 40000017, 'default', false, '{}', 'dead', 5, '2026-11-28 00:13:10.731367+00', NULL, NULL, 0, false, 'not a number', NULL);
INSERT INTO public.amocrm_webhook_events VALUES (4, '2026-11-19 11:00:00+00', 'unparsed', 'unparsed', NULL, '4444444444444444444444444444444444444444444444444444444444444444', '{"raw": "%zz"}', NULL, '', false, '{}', 'unparsed', 0, '2026-11-28 00:13:10.731367+00', NULL, NULL, 0, false, NULL, NULL);
INSERT INTO public.client_merges VALUES ('20000000-0000-4000-8000-000000000009', '20000000-0000-4000-8000-000000000001', 'inn', '2026-11-18 12:00:00+00');
INSERT INTO public.clients VALUES ('20000000-0000-4000-8000-000000000001', 'ООО «Пример»', '7700000001', '{"emails": ["one@example.com"], "phones": ["+79000000001"]}', 40000017, 6001, '2026-11-28 00:13:10.758046+00', '2026-11-28 00:13:10.758046+00');
INSERT INTO public.clients VALUES ('20000000-0000-4000-8000-000000000002', 'Анна Пример', NULL, '{"emails": [], "phones": ["+79000000002"]}', 40000017, NULL, '2026-11-28 00:13:10.758046+00', '2026-11-28 00:13:10.758046+00');
INSERT INTO public.clock_seen VALUES (true, '2026-11-28 00:10:52.04492+00');
INSERT INTO public.contact_claims VALUES ('default', '+79000000002', '2026-11-20 10:00:08+00', 2, 1, NULL);
INSERT INTO public.conversation_messages VALUES (40000017, '50000000-0000-4000-8000-000000000001', '40000000-0000-4000-8000-000000000001', 'incoming', 'Иван', 'Добрый день', '2026-11-18 09:30:00+00');
INSERT INTO public.conversations VALUES ('40000000-0000-4000-8000-000000000001', 40000017, '301', NULL, 5001, '7001', NULL, '20000000-0000-4000-8000-000000000001', NULL, NULL, '2026-11-28 00:13:10.86993+00', '2026-11-28 00:13:10.86993+00');
INSERT INTO public.crm_notes VALUES (40000017, '801', 'lead', '7001', '7001', NULL, '20000000-0000-4000-8000-000000000001', 'common', 'Звонил', 12, NULL, NULL, '2026-11-28 00:13:11.012309+00');
INSERT INTO public.deal_contacts VALUES (40000017, '7001', 5001);
INSERT INTO public.deal_maintenance_dates VALUES (40000017, '7001', '2026-12-20', NULL, NULL, NULL, NULL, 1, NULL);
INSERT INTO public.deal_metadata_mappings VALUES ('default', '{"rentprog_booking_id": 902}', 2);
INSERT INTO public.flyway_schema_history VALUES (1, '1', 'tables', 'SQL', 'V1__tables.sql', 1306479545, 'postgres', '2026-11-28 00:10:47.3436', 1531, true);
INSERT INTO public.flyway_schema_history VALUES (2, '2', 'leases', 'SQL', 'V2__leases.sql', -1167376369, 'postgres', '2026-11-28 00:10:49.488937', 174, true);
INSERT INTO public.flyway_schema_history VALUES (3, '3', 'quartz', 'SQL', 'V3__quartz.sql', 1080827497, 'postgres', '2026-11-28 00:10:49.854225', 1013, true);
INSERT INTO public.flyway_schema_history VALUES (4, '4', 'clients', 'SQL', 'V4__clients.sql', -415734169, 'postgres', '2026-11-28 00:10:51.047153', 79, true);
INSERT INTO public.flyway_schema_history VALUES (5, '5', 'turns', 'SQL', 'V5__turns.sql', 28798787, 'postgres', '2026-11-28 00:10:51.269653', 19, true);
INSERT INTO public.flyway_schema_history VALUES (6, '6', 'strangers', 'SQL', 'V6__strangers.sql', -2065050509, 'postgres', '2026-11-28 00:10:51.369994', 115, true);
INSERT INTO public.flyway_schema_history VALUES (7, '7', 'reconciliation', 'SQL', 'V7__reconciliation.sql', -323049904, 'postgres', '2026-11-28 00:10:51.597807', 181, true);
INSERT INTO public.flyway_schema_history VALUES (8, '8', 'pause and clock', 'SQL', 'V8__pause_and_clock.sql', -2050351996, 'postgres', '2026-11-28 00:10:52.000947', 233, true);
INSERT INTO public.flyway_schema_history VALUES (9, '9', 'quick lookups', 'SQL', 'V9__quick_lookups.sql', 368748042, 'postgres', '2026-11-28 00:10:52.351381', 67, true);
INSERT INTO public.flyway_schema_history VALUES (10, '10', 'smaller indexes', 'SQL', 'V10__smaller_indexes.sql', -2074671498, 'postgres', '2026-11-28 00:10:52.507964', 73, true);
INSERT INTO public.flyway_schema_history VALUES (11, '11', 'rest after death', 'SQL', 'V11__rest_after_death.sql', 1485546605, 'postgres', '2026-11-28 00:10:52.677169', 56, true);
INSERT INTO public.flyway_schema_history VALUES (12, '12', 'who is who', 'SQL', 'V12__who_is_who.sql', -1643221716, 'postgres', '2026-11-28 00:10:52.844937', 120, true);
INSERT INTO public.flyway_schema_history VALUES (13, '13', 'my park', 'SQL', 'V13__my_park.sql', 274675257, 'postgres', '2026-11-28 00:10:53.047641', 317, true);
INSERT INTO public.flyway_schema_history VALUES (14, '14', 'service', 'SQL', 'V14__service.sql', 1372703082, 'postgres', '2026-11-28 00:10:53.445611', 209, true);
INSERT INTO public.flyway_schema_history VALUES (15, '15', 'maintenance', 'SQL', 'V15__maintenance.sql', -2115201055, 'postgres', '2026-11-28 00:10:53.733812', 660, true);
INSERT INTO public.flyway_schema_history VALUES (16, '16', 'time index', 'SQL', 'V16__time_index.sql', -424201595, 'postgres', '2026-11-28 00:10:54.497885', 84, true);
INSERT INTO public.invitations VALUES ('\x01', '20000000-0000-4000-8000-000000000001', 'engineer', false, 40000017, '7001', '2026-11-28 00:13:10.863694+00', '2026-12-01 00:00:00+00', NULL, NULL);
INSERT INTO public.lead_keys VALUES ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '10000000-0000-4000-8000-000000000001', 'infinity');
INSERT INTO public.lead_keys VALUES ('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '10000000-0000-4000-8000-000000000002', '2026-11-20 10:09:00+00');
INSERT INTO public.leads VALUES ('10000000-0000-4000-8000-000000000001', 'site', 'Иван Пример', '8 900 000-00-01', '+79000000001', 'one@example.com', 'Перезвоните', NULL, 0, '{"page": "/"}', '[]', 'default', 'sent', 5001, 7001, '2026-11-18 09:00:00+00', '2026-11-18 09:00:02+00');
INSERT INTO public.leads VALUES ('10000000-0000-4000-8000-000000000002', 'cart_order', 'Анна Пример', '+7 900 000 00 02', '+79000000002', NULL, NULL, 900002, 125000, '{"cart": [{"qty": 2, "sku": "A1"}]}', '["Телефон не понят"]', 'default', 'new', NULL, NULL, '2026-11-20 09:59:00+00', NULL);
INSERT INTO public.leads VALUES ('10000000-0000-4000-8000-000000000003', 'bot_order', NULL, 'нет', NULL, NULL, '?', 900003, 0, '{}', '[]', 'default', 'failed', NULL, NULL, '2026-11-19 09:00:00+00', NULL);
INSERT INTO public.machine_instances VALUES ('30000000-0000-4000-8000-000000000001', 'Станок', 'X-1', '20000000-0000-4000-8000-000000000001', 'SN-1', 'operational', NULL, '[]', '2026-12-19 21:00:00+00', 40000017, '7001', '2026-11-28 00:13:10.957318+00', '2026-11-28 00:13:10.957318+00', '[{"url": "https://example.com/p.pdf", "title": "Паспорт"}]');
INSERT INTO public.maintenance_announcements VALUES ('30000000-0000-4000-8000-000000000001', '2026-12-20', 30, '2026-11-20 07:00:00+00');
INSERT INTO public.model_consumables VALUES ('x-1', 1, 'X-1', 'Масло', 'M-5', '5 л');
INSERT INTO public.oauth_tokens VALUES ('east', '6f0f7d4e-0000-4000-8000-000000000001', 'https://example.amocrm.ru', 40000018, 'sealed-access', 'sealed-refresh', '2026-11-21 08:00:00+00', '2026-11-28 00:13:10.619865+00', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.outbox VALUES (1, 'crm.lead', 'default', 'crm.lead:10000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000001', '{}', 'done', 1, '2026-11-18 09:00:00+00', NULL, NULL, 0, false, false, NULL, '7001', '2026-11-18 09:00:00+00', '2026-11-18 09:00:02+00');
INSERT INTO public.outbox VALUES (2, 'crm.lead', 'default', 'crm.lead:10000000-0000-4000-8000-000000000002', '10000000-0000-4000-8000-000000000002', '{}', 'pending', 0, '2026-11-20 09:59:00+00', NULL, NULL, 0, false, false, NULL, NULL, '2026-11-20 09:59:00+00', NULL);
INSERT INTO public.outbox VALUES (3, 'crm.lead', 'default', 'crm.lead:10000000-0000-4000-8000-000000000003', '10000000-0000-4000-8000-000000000003', '{}', 'dead', 3, '2026-11-19 09:05:00+00', NULL, NULL, 3, false, false, 'amoCRM POST /api/v4/leads → 400 responsible_user_id: NotSupportedChoice', NULL, '2026-11-19 09:00:00+00', NULL);
INSERT INTO public.outbox VALUES (5, 'telegram.maintenance-due', '', 'telegram.maintenance-due:30000000-0000-4000-8000-000000000001:2026-12-20:900001', '30000000-0000-4000-8000-000000000001', '{"chat": 900001}', 'skipped', 1, '2026-11-20 07:00:00+00', NULL, NULL, 0, false, false, NULL, NULL, '2026-11-20 07:00:00+00', '2026-11-20 07:00:01+00');
INSERT INTO public.outbox VALUES (4, 'mail.lead-copy', '', 'mail.lead-copy:10000000-0000-4000-8000-000000000002', '10000000-0000-4000-8000-000000000002', '{}', 'failed', 3, '2026-11-20 09:59:30+00', '2026-11-20 10:00:10+00', 1, 0, false, false, '421 later', NULL, '2026-11-20 09:59:00+00', NULL);
INSERT INTO public.paused_kinds VALUES ('telegram.machine-registered', '2026-11-20 09:00:00+00');
INSERT INTO public.qrtz_cron_triggers VALUES ('amo-relay', 'maintenance', 'camel', '0 0 10 * * ?', 'Europe/Moscow');
INSERT INTO public.qrtz_job_details VALUES ('amo-relay', 'maintenance', 'camel', NULL, 'org.apache.camel.component.quartz.CamelJob', true, false, false, true, '\x00');
INSERT INTO public.qrtz_triggers VALUES ('amo-relay', 'maintenance', 'camel', 'maintenance', 'camel', NULL, 1795244400000, 1795158000000, 5, 'WAITING', 'CRON', 1795100000000, 0, NULL, 1, '\x00');
INSERT INTO public.reconciliations OVERRIDING SYSTEM VALUE VALUES (1, 'default', 'downtime', '2026-11-19 00:00:00+00', '2026-11-19 01:00:00+00', 'changes', '2026-11-19 00:30:00+00', 1, 0, 0, 0, 0, NULL, '2026-11-28 00:13:11.094668+00', NULL);
INSERT INTO public.service_requests OVERRIDING SYSTEM VALUE VALUES ('21a94734-a2be-4d78-9265-b8ac6b17df71', '30000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000001', 900001, 'Шумит', 'new', 40000017, NULL, '2026-11-28 00:13:11.037162+00', '2026-11-28 00:13:11.037162+00', NULL, 1, 'default', NULL, '["AgACAgIAAx"]', '10000000-0000-4000-8000-000000000001', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.telegram_users VALUES ('b7874520-1f6a-4046-84f6-99471883f078', 900001, '+79000000001', 'director', NULL, true, '20000000-0000-4000-8000-000000000001', true, '2026-11-28 00:13:10.837542+00', 'Иван', false, 'sale', '2026-11-18 10:00:00+00', NULL);
INSERT INTO public.telegram_users VALUES ('0325cbf1-dc29-4909-ab05-9dfce6f17333', 900002, NULL, 'director', NULL, false, NULL, false, '2026-11-28 00:13:10.837542+00', 'Анна', false, NULL, NULL, NULL);
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
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_dedupe_key_key UNIQUE (dedupe_key);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.paused_kinds
    ADD CONSTRAINT paused_kinds_pkey PRIMARY KEY (kind);
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
ALTER TABLE ONLY public.service_requests
    ADD CONSTRAINT service_requests_idempotency_key_key UNIQUE (idempotency_key);
ALTER TABLE ONLY public.service_requests
    ADD CONSTRAINT service_requests_lead_id_key UNIQUE (lead_id);
ALTER TABLE ONLY public.service_requests
    ADD CONSTRAINT service_requests_number_key UNIQUE (number);
ALTER TABLE ONLY public.service_requests
    ADD CONSTRAINT service_requests_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.telegram_users
    ADD CONSTRAINT telegram_users_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.telegram_users
    ADD CONSTRAINT telegram_users_tg_id_key UNIQUE (tg_id);
CREATE INDEX amocrm_calls_account ON public.amocrm_calls USING btree (account, ends_at);
CREATE INDEX amocrm_contacts_client ON public.amocrm_contacts USING btree (client_id);
CREATE INDEX amocrm_contacts_emails ON public.amocrm_contacts USING gin (public.lowered(emails)) WITH (fastupdate=off);
CREATE INDEX amocrm_contacts_phones ON public.amocrm_contacts USING gin (phones) WITH (fastupdate=off);
CREATE INDEX amocrm_deals_client ON public.amocrm_deals USING btree (client_id);
CREATE INDEX amocrm_deals_metadata ON public.amocrm_deals USING gin (metadata jsonb_path_ops) WITH (fastupdate=off) WHERE (metadata <> '{}'::jsonb);
CREATE INDEX amocrm_deals_updated ON public.amocrm_deals USING btree (account_id, updated_at);
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
CREATE INDEX leads_amo_lead ON public.leads USING btree (amo_lead_id) WHERE (amo_lead_id IS NOT NULL);
CREATE INDEX leads_created ON public.leads USING btree (created_at);
CREATE INDEX leads_phone ON public.leads USING btree (phone_e164);
CREATE INDEX machine_instances_client ON public.machine_instances USING btree (client_id);
CREATE INDEX machine_instances_deal ON public.machine_instances USING btree (account_id, amocrm_deal_id);
CREATE INDEX machine_instances_due ON public.machine_instances USING btree (next_maintenance_date);
CREATE INDEX outbox_dead ON public.outbox USING btree (kind, account, id) WHERE (status = 'dead'::text);
CREATE INDEX outbox_pending ON public.outbox USING btree (kind, account, next_attempt_at, id) WHERE (status = ANY (ARRAY['pending'::text, 'failed'::text]));
CREATE INDEX outbox_subject ON public.outbox USING btree (subject_id);
CREATE INDEX reconciliations_account ON public.reconciliations USING btree (account, id);
CREATE INDEX service_requests_deal ON public.service_requests USING btree (account, amocrm_deal_id) WHERE (amocrm_deal_id IS NOT NULL);
CREATE INDEX service_requests_machine ON public.service_requests USING btree (machine_id);
CREATE INDEX service_requests_newest ON public.service_requests USING btree (client_id, number DESC);
CREATE INDEX telegram_users_client ON public.telegram_users USING btree (client_id);
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
