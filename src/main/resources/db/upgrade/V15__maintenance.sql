-- A day is a day of the account: amoCRM cuts date fields to the account's own midnight.
ALTER TABLE amocrm_accounts
    ADD COLUMN time_zone         text NOT NULL DEFAULT 'Europe/Moscow', -- as the account tells it
    ADD COLUMN time_zone_read_at timestamptz;            -- when; null = not told yet

-- What was announced: each machine, date and step (so many days before) once, whoever comes first.
CREATE TABLE maintenance_announcements (
    machine_id   uuid        NOT NULL REFERENCES machine_instances (id) ON DELETE CASCADE,
    day          date        NOT NULL,                   -- of the maintenance
    step         int         NOT NULL,                   -- in days before
    announced_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (machine_id, day, step)
);
-- What was announced before this table, 30 days ahead, and only the outbox knows of.
INSERT INTO maintenance_announcements (machine_id, day, step, announced_at)
SELECT machine.id, told.day::date, 30, min(told.at)
FROM (SELECT split_part(dedupe_key, ':', 2) AS machine, split_part(dedupe_key, ':', 3) AS day, created_at AS at
      FROM outbox WHERE kind = 'telegram.maintenance-due'
      UNION ALL
      SELECT split_part(dedupe_key, ':', 3), split_part(dedupe_key, ':', 4), created_at
      FROM outbox WHERE kind = 'crm.task' AND dedupe_key LIKE 'crm.task:maintenance:%') AS told
JOIN machine_instances machine ON machine.id::text = told.machine
WHERE told.day ~ '^\d{4}-\d\d-\d\d$'
GROUP BY machine.id, told.day;

-- The date of the next maintenance, as the deal's field in the CRM and we tell it to each other.
CREATE TABLE deal_maintenance_dates (
    account_id     bigint NOT NULL,
    amocrm_deal_id text   NOT NULL,
    crm_day        date,                                 -- what the field held when last seen or written; null = nothing
    previous_day   date,                                 -- what it held before
    crm_changed_at timestamptz,                          -- amoCRM's updated_at of the deal then: older reads tell nothing
    wanted_day     date,                                 -- set here and not yet written there; null = nothing to write
    wanted_at      timestamptz,                          -- when it was set
    revision       bigint NOT NULL DEFAULT 0,            -- how often: of several effects only the newest writes
    writing_day    date,                                 -- on its way: a read that shows it is our own echo
    PRIMARY KEY (account_id, amocrm_deal_id)
);

CREATE INDEX IF NOT EXISTS machine_instances_deal ON machine_instances (account_id, amocrm_deal_id);

-- What models have in common that are written differently: case, spaces, and Latin letters that look like Russian ones.
CREATE FUNCTION model_key(model text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(lower(translate(model, E' \t\n\r\u00a0\u2007\u202f', '')),
                     'АВЕКМНОРСТУХавекмнорстухБГДЁЖЗИЙЛПФЦЧШЩЪЫЬЭЮЯ',
                     'abekmhopctyxabekmhopctyxбгдёжзийлпфцчшщъыьэюя')
$$;

-- What a machine of a model needs at its maintenance; the manager fills it.
CREATE TABLE model_consumables (
    model_key text NOT NULL,                             -- see model_key()
    position  int  NOT NULL,                             -- the order in which they are offered
    model     text NOT NULL,                             -- as the manager writes it
    name      text NOT NULL,
    article   text,
    quantity  text,                                      -- with its unit: 5 л, 2 шт.
    PRIMARY KEY (model_key, position)
);

-- Notes of the CRM, with the client and the deal they are about.
CREATE TABLE crm_notes (
    account_id        bigint NOT NULL,
    note_id           text   NOT NULL,                   -- amoCRM's id
    entity_type       text   NOT NULL CHECK (entity_type IN ('lead', 'contact', 'company', 'customer', 'other')),
    entity_id         text   NOT NULL,                   -- whose note it is
    amocrm_deal_id    text,                              -- where it is a lead's
    amocrm_contact_id bigint,                            -- where it is a contact's
    client_id         uuid   REFERENCES clients (id),    -- null until it is known
    note_type         text,
    text              text,
    author_id         bigint,                            -- the user who wrote it; 0 = a robot
    created_at        timestamptz,
    updated_at        timestamptz,                       -- amoCRM's clock; older data never overwrites newer
    stored_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, note_id)
);
CREATE INDEX crm_notes_deal ON crm_notes (account_id, amocrm_deal_id) WHERE amocrm_deal_id IS NOT NULL;
CREATE INDEX crm_notes_contact ON crm_notes (account_id, amocrm_contact_id) WHERE amocrm_contact_id IS NOT NULL;
CREATE INDEX crm_notes_client ON crm_notes (client_id, created_at);

-- What waits for its client, which is looked for with every deal that is stored: few rows in a long table.
CREATE INDEX crm_notes_orphans_deal ON crm_notes (account_id, amocrm_deal_id) WHERE client_id IS NULL;
CREATE INDEX crm_notes_orphans_contact ON crm_notes (account_id, amocrm_contact_id) WHERE client_id IS NULL;
CREATE INDEX crm_notes_orphans_new ON crm_notes (stored_at) WHERE client_id IS NULL;
CREATE INDEX conversations_orphans_new ON conversations (updated_at) WHERE client_id IS NULL;
CREATE INDEX conversations_orphans_deal ON conversations (account_id, amocrm_deal_id) WHERE client_id IS NULL;
CREATE INDEX conversations_orphans_contact ON conversations (account_id, amocrm_contact_id) WHERE client_id IS NULL;

-- What a deal's fields hold, by the names that the settings give them: {"rentprog_booking_id": "4711"}. Fields without a value
-- are left out; of several values the first counts.
CREATE FUNCTION mapped_fields(custom_fields jsonb, keys text[], fields bigint[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(jsonb_object_agg(key, CASE WHEN jsonb_typeof(told) = 'object' THEN told ->> 'value' ELSE told #>> '{}' END)
                    FILTER (WHERE coalesce(CASE WHEN jsonb_typeof(told) = 'object' THEN told ->> 'value' ELSE told #>> '{}' END, '') <> ''), '{}')
    FROM unnest(keys, fields) AS mapping(key, field),
         LATERAL (SELECT jsonb_path_query_first(custom_fields, '$[*] ? (@.field_id == $field).values[0]',
                                                jsonb_build_object('field', field))) AS first(told)
$$;

-- Deals without metadata cost the index nothing: a search has to say that it means none of them.
CREATE INDEX amocrm_deals_metadata ON amocrm_deals USING gin (metadata jsonb_path_ops) WITH (fastupdate = off)
    WHERE metadata <> '{}';

-- By which mapping the deals of an account are filled: when the settings name another, all are filled anew.
CREATE TABLE deal_metadata_mappings (
    account  text   PRIMARY KEY,                         -- the configured name
    mapping  jsonb  NOT NULL,
    revision bigint NOT NULL DEFAULT 1
);
