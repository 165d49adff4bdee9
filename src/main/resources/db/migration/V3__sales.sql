-- What is sold and to whom: leads, clients and their people, our copy of the CRM's deals, machines, their maintenance and service.

-- A person's wish, as it reached one of the doors.
CREATE TABLE leads (
    id             uuid PRIMARY KEY,
    source         text        NOT NULL,                 -- site, cart_order, bot_order, … or whatever the caller wrote
    name           text,
    phone          text,                                 -- as typed
    phone_e164     text,                                 -- as understood; null where it could not be
    email          text,
    message        text,
    telegram_id    bigint,
    price          bigint      NOT NULL DEFAULT 0,       -- whole roubles, what the CRM gets
    meta           jsonb       NOT NULL DEFAULT '{}',    -- the caller's own fields, untouched
    remarks        jsonb       NOT NULL DEFAULT '[]',    -- what could not be understood, one Russian sentence each
    account        text        NOT NULL DEFAULT 'default',-- which configured amoCRM account it goes to
    status         text        NOT NULL DEFAULT 'new',   -- new, sent, failed
    amo_contact_id bigint,
    amo_lead_id    bigint,
    created_at     timestamptz NOT NULL DEFAULT now(),
    delivered_at   timestamptz,
    left_out       jsonb       NOT NULL DEFAULT '[]',    -- what did not get into the deal, one Russian sentence each: a note tells it
    -- What it says of its person and the contact that it was linked to did not have then: {name?, phone?, email?}. Null where
    -- nothing, or no contact is linked yet. Written with amo_contact_id, so that the note about it is the same for every attempt.
    contact_gaps   jsonb
);
CREATE INDEX leads_created ON leads (created_at);
CREATE INDEX leads_phone ON leads (phone_e164);
CREATE INDEX leads_amo_lead ON leads (amo_lead_id) WHERE amo_lead_id IS NOT NULL;
-- What leads have said of a contact is looked up with each of its won deals.
CREATE INDEX leads_amo_contact ON leads (amo_contact_id) WHERE amo_contact_id IS NOT NULL;

-- What makes a repeated post the same lead: the caller's Idempotency-Key, or the same body from the same client.
CREATE TABLE lead_keys (
    key        text PRIMARY KEY,                         -- SHA-256, hex
    lead_id    uuid        NOT NULL,
    expires_at timestamptz NOT NULL                      -- after this the same key makes a new lead
);
CREATE INDEX lead_keys_expiry ON lead_keys (expires_at) WHERE expires_at < 'infinity';

-- Who is met by whom: a claim is on a person, a phone or an e-mail, and holds as long as the lease of the lead for whose
-- sake the person is looked for. What the CRM has told is kept with it, so that nobody is searched twice.
CREATE TABLE contact_claims (
    account       text        NOT NULL,
    person        text        NOT NULL,                  -- E.164, or the e-mail in small letters
    claimed_until timestamptz NOT NULL,
    effect        bigint      NOT NULL,                  -- outbox row
    lease         bigint      NOT NULL,                  -- number of its claim
    nobody_at     timestamptz,                           -- when the CRM said that it does not know the person
    PRIMARY KEY (account, person)
);

-- Companies and people who buy, see client_of().
CREATE TABLE clients (
    id                uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name              text        NOT NULL,
    inn               text,
    contact_info      jsonb       NOT NULL DEFAULT '{}', -- phones, emails, company
    account_id        bigint,
    amocrm_company_id bigint,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX clients_inn ON clients (account_id, inn) WHERE inn IS NOT NULL;
CREATE INDEX clients_company ON clients (account_id, amocrm_company_id);

-- Clients that were found to be one, see merge_clients().
CREATE TABLE client_merges (
    loser     uuid        PRIMARY KEY,                   -- is no more
    winner    uuid        NOT NULL,
    proof     text        NOT NULL,                      -- contacts or inn
    merged_at timestamptz NOT NULL DEFAULT now()
);

-- The CRM's contacts as last read: how a phone or a contact leads to a client.
CREATE TABLE amocrm_contacts (
    account_id bigint      NOT NULL,
    contact_id bigint      NOT NULL,
    client_id  uuid        REFERENCES clients (id),
    name       text,
    phones     text[]      NOT NULL DEFAULT '{}',        -- E.164
    emails     text[]      NOT NULL DEFAULT '{}',        -- as written; compared in small letters
    updated_at timestamptz,                              -- amoCRM's clock; older data never overwrites newer
    full_data  jsonb,                                    -- the contact as read; null where only its phone is known
    read_at    timestamptz,                              -- when
    deleted    boolean     NOT NULL DEFAULT false,
    read_no    bigint      NOT NULL DEFAULT 0,           -- of the read (crm_reads) that this row shows, or that showed it gone
    PRIMARY KEY (account_id, contact_id)
);
-- An index stands on the function: it is not among those of R__functions.sql, and whoever changes it reindexes in the same migration.
CREATE FUNCTION lowered(texts text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(array_agg(lower(one)), '{}') FROM unnest(texts) AS one
$$;
-- A GIN index gathers new entries in a list that every search reads through; each deal that is stored searches by phone.
CREATE INDEX amocrm_contacts_phones ON amocrm_contacts USING gin (phones) WITH (fastupdate = off);
CREATE INDEX amocrm_contacts_emails ON amocrm_contacts USING gin (lowered(emails)) WITH (fastupdate = off);
CREATE INDEX amocrm_contacts_client ON amocrm_contacts (client_id);

-- Who has ever stood in a deal. When contacts are merged, the loser is gone from its deals and from the CRM without a word
-- about the winner: this remembers whose place the winner has taken.
CREATE TABLE deal_contacts (
    account_id     bigint NOT NULL,
    amocrm_deal_id text   NOT NULL,
    contact_id     bigint NOT NULL,
    PRIMARY KEY (account_id, amocrm_deal_id, contact_id)
);
CREATE INDEX deal_contacts_contact ON deal_contacts (account_id, contact_id);

-- People in Telegram and the client they belong to: who somebody is, and by what proof. Nobody is linked by a guess.
CREATE TABLE telegram_users (
    id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tg_id           bigint      NOT NULL UNIQUE,
    phone           text,
    role            text        NOT NULL DEFAULT 'director' CHECK (role IN ('director', 'engineer', 'procurement')),
    company_name    text,
    is_verified     boolean     NOT NULL DEFAULT false,
    client_id       uuid        REFERENCES clients (id),
    chat_closed     boolean     NOT NULL DEFAULT false,  -- nothing can be sent to the person
    created_at      timestamptz NOT NULL DEFAULT now(),
    name            text,                                -- as Telegram tells it
    staff           boolean     NOT NULL DEFAULT false,  -- one of the supplier's own engineers: sees all clients' requests
    linked_by       text,                                -- sale, phone or invitation; null while client_id is
    linked_at       timestamptz,
    phone_shared_at timestamptz,                         -- when Telegram signed the phone: only such a one proves anything
    chat_closed_at  timestamptz,                         -- null while it is open
    chat_closed_why text                                 -- blocked, deactivated, unknown, never-started
);
CREATE INDEX telegram_users_client ON telegram_users (client_id);
CREATE INDEX telegram_users_closed ON telegram_users (chat_closed_at) WHERE chat_closed;

-- One-time links that bring a person to a client, or the supplier's engineer to the supplier.
CREATE TABLE invitations (
    token_hash     bytea       PRIMARY KEY,              -- SHA-256 of the token that the link carries
    client_id      uuid        REFERENCES clients (id),  -- null for the supplier's own engineers
    role           text        NOT NULL CHECK (role IN ('director', 'engineer', 'procurement')),
    staff          boolean     NOT NULL DEFAULT false,
    account_id     bigint,                               -- whose deal's note holds the link
    amocrm_deal_id text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    expires_at     timestamptz NOT NULL,
    used_at        timestamptz,
    used_by        bigint,                               -- the Telegram id that used it
    CHECK (staff OR client_id IS NOT NULL)
);
CREATE INDEX invitations_deal ON invitations (account_id, amocrm_deal_id);

-- Proofs of who is at the Mini App's door, where Telegram's own word is old: a code that the bot has sent, or a contact that Telegram
-- has signed anew. Each counts once.
CREATE TABLE park_confirmations (
    id           uuid        PRIMARY KEY,                -- the code is made of it and the bot's token, and stands nowhere
    tg_id        bigint      NOT NULL,
    proof        bytea       UNIQUE,                     -- SHA-256 of the signed contact; null for a code
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,                   -- of the code
    tries        int         NOT NULL DEFAULT 0,         -- wrong codes
    confirmed_at timestamptz,
    ticket       bytea                                   -- SHA-256 of what the page shows from then on
);
CREATE INDEX park_confirmations_person ON park_confirmations (tg_id, created_at);

-- Chats of the CRM: one row a talk.
CREATE TABLE conversations (
    id                uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    account_id        bigint      NOT NULL,
    amocrm_talk_id    text        NOT NULL,
    amocrm_chat_id    text,
    amocrm_contact_id bigint,
    amocrm_deal_id    text,
    origin            text,
    client_id         uuid        REFERENCES clients (id),
    is_in_work        boolean,
    is_read           boolean,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    -- When the CRM's API confirmed what is in the row; null = a webhook told it and nothing else, and anybody who knows the webhook's
    -- address could have. What a later webhook tells otherwise is told only, again. The same in messages and notes.
    read_back_at      timestamptz,
    UNIQUE (account_id, amocrm_talk_id)
);
CREATE INDEX conversations_contact ON conversations (account_id, amocrm_contact_id);
CREATE INDEX conversations_deal ON conversations (account_id, amocrm_deal_id);
CREATE INDEX conversations_client ON conversations (client_id);
-- What waits for its client, which is looked for with every deal that is stored: few rows in a long table.
CREATE INDEX conversations_orphans_new ON conversations (updated_at) WHERE client_id IS NULL;
CREATE INDEX conversations_orphans_deal ON conversations (account_id, amocrm_deal_id) WHERE client_id IS NULL;
CREATE INDEX conversations_orphans_contact ON conversations (account_id, amocrm_contact_id) WHERE client_id IS NULL;

-- What was said in them.
CREATE TABLE conversation_messages (
    account_id      bigint      NOT NULL,
    message_id      text        NOT NULL,                -- amoCRM's uuid
    conversation_id uuid        NOT NULL REFERENCES conversations (id),
    direction       text        NOT NULL CHECK (direction IN ('incoming', 'outgoing')),
    author          text,
    text            text,
    sent_at         timestamptz,
    read_back_at    timestamptz,                         -- as in conversations
    PRIMARY KEY (account_id, message_id)
);
CREATE INDEX conversation_messages_conversation ON conversation_messages (conversation_id, sent_at);

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
    read_back_at      timestamptz,                       -- as in conversations
    PRIMARY KEY (account_id, note_id)
);
CREATE INDEX crm_notes_deal ON crm_notes (account_id, amocrm_deal_id) WHERE amocrm_deal_id IS NOT NULL;
CREATE INDEX crm_notes_contact ON crm_notes (account_id, amocrm_contact_id) WHERE amocrm_contact_id IS NOT NULL;
CREATE INDEX crm_notes_client ON crm_notes (client_id, created_at);
CREATE INDEX crm_notes_orphans_deal ON crm_notes (account_id, amocrm_deal_id) WHERE client_id IS NULL;
CREATE INDEX crm_notes_orphans_contact ON crm_notes (account_id, amocrm_contact_id) WHERE client_id IS NULL;
CREATE INDEX crm_notes_orphans_new ON crm_notes (stored_at) WHERE client_id IS NULL;

-- Our copy of the CRM's deals.
CREATE TABLE amocrm_deals (
    id                    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    client_id             uuid        REFERENCES clients (id),
    conversation_id       uuid        REFERENCES conversations (id),
    account_id            bigint      NOT NULL,
    amocrm_deal_id        text        NOT NULL,
    pipeline_id           bigint,
    status_id             bigint,
    status_label          text,
    price                 bigint,
    created_at            timestamptz,
    closed_at             timestamptz,
    updated_at            timestamptz,                   -- amoCRM's clock; older data never overwrites newer
    custom_fields         jsonb       NOT NULL DEFAULT '[]',
    notes_count           int         NOT NULL DEFAULT 0,
    deal_full_data        jsonb       NOT NULL DEFAULT '{}',
    contact_custom_fields jsonb       NOT NULL DEFAULT '[]',
    metadata              jsonb       NOT NULL DEFAULT '{}',
    deleted               boolean     NOT NULL DEFAULT false,
    read_at               timestamptz,                   -- our clock, just before the read that this row shows
    synced_at             timestamptz NOT NULL DEFAULT now(),
    read_no               bigint      NOT NULL DEFAULT 0,-- of the read (crm_reads) that this row shows, or that showed it gone
    -- What a won deal says about its owner, and nobody of the CRM is known to have written: 'telegram <id>', 'serial <number>',
    -- 'inn <number>'. Null where nobody has asked: the deal was not won yet, or an earlier version has stored it.
    claimed_values        text[],
    UNIQUE (account_id, amocrm_deal_id)
);
CREATE INDEX amocrm_deals_client ON amocrm_deals (client_id);
CREATE INDEX amocrm_deals_updated ON amocrm_deals (account_id, updated_at);
-- Deals without metadata cost the index nothing: a search has to say that it means none of them.
CREATE INDEX amocrm_deals_metadata ON amocrm_deals USING gin (metadata jsonb_path_ops) WITH (fastupdate = off)
    WHERE metadata <> '{}';

-- By which mapping the deals of an account are filled: when the settings name another, all are filled anew.
CREATE TABLE deal_metadata_mappings (
    account  text   PRIMARY KEY,                         -- the configured name
    mapping  jsonb  NOT NULL,
    revision bigint NOT NULL DEFAULT 1
);

-- Sold machines.
CREATE TABLE machine_instances (
    id                    uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    product               text,
    model                 text,
    client_id             uuid        REFERENCES clients (id),
    serial_number         text        NOT NULL UNIQUE,
    status                text        NOT NULL DEFAULT 'operational'
        CHECK (status IN ('operational', 'maintenance', 'repair', 'offline')),
    configuration         text,
    service_history       jsonb       NOT NULL DEFAULT '[]', -- of {date, title, description, status}
    next_maintenance_date timestamptz,
    account_id            bigint,
    amocrm_deal_id        text,
    created_at            timestamptz NOT NULL DEFAULT now(),
    updated_at            timestamptz NOT NULL DEFAULT now(),
    documents             jsonb       NOT NULL DEFAULT '[]', -- of {title, url}
    given_account_id      bigint,                        -- the deal that the admin has given it to: it takes the machine over,
    given_deal_id         text                           -- whoever it stands with
);
-- What serial numbers have in common that are written differently: case, spaces, dashes, and Latin letters that look like Russian ones.
-- It finds what to ask the manager about; no machine is told by it. An index stands on it, as on lowered().
CREATE FUNCTION serial_key(serial text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(nullif(translate(lower(translate(serial, E' \t\n\r\u00a0\u2007\u202f-\u2010\u2011\u2012\u2013\u2014\u2015\u2212', '')),
                                     'АВЕКМНОРСТУХавекмнорстухБГДЁЖЗИЙЛПФЦЧШЩЪЫЬЭЮЯ',
                                     'abekmhopctyxabekmhopctyxбгдёжзийлпфцчшщъыьэюя'), ''), serial)
$$;
CREATE INDEX machine_instances_serial_key ON machine_instances (serial_key(serial_number));
CREATE INDEX machine_instances_client ON machine_instances (client_id);
CREATE INDEX machine_instances_due ON machine_instances (next_maintenance_date);
CREATE INDEX machine_instances_deal ON machine_instances (account_id, amocrm_deal_id);

-- What was announced: each machine, date and step (so many days before) once, whoever comes first.
CREATE TABLE maintenance_announcements (
    machine_id   uuid        NOT NULL REFERENCES machine_instances (id) ON DELETE CASCADE,
    day          date        NOT NULL,                   -- of the maintenance
    step         int         NOT NULL,                   -- in days before
    announced_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (machine_id, day, step)
);

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

-- A client asks for an engineer, from «Мой парк». The request goes into the CRM as a lead, in the commit that stores it; the
-- lead's deal and the request move each other from then on.
CREATE TABLE service_requests (
    id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    machine_id      uuid        NOT NULL REFERENCES machine_instances (id),
    client_id       uuid        REFERENCES clients (id),
    telegram_id     bigint,
    description     text,
    status          text        NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'in_progress', 'done', 'cancelled')),
    account_id      bigint,
    amocrm_deal_id  text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    done_at         timestamptz,
    number          bigint GENERATED ALWAYS AS IDENTITY UNIQUE, -- what people call it: «Заявка №17»
    account         text        NOT NULL DEFAULT 'default', -- the configured name of the CRM account that has its deal
    phone           text,                                -- as typed, for the engineer to call back
    photos          jsonb       NOT NULL DEFAULT '[]',   -- ids of service_photos; older ones are Telegram's own
    lead_id         uuid        UNIQUE,                  -- the lead that makes the deal
    engineer        bigint,                              -- Telegram id of who took it; null where the CRM or the admin said so
    taken_at        timestamptz,
    result          text,                                -- what was done, in the engineer's words
    pushed_stage    bigint,                              -- the stage that we have put the deal to last: no manager's change
    idempotency_key text        UNIQUE                   -- SHA-256 of person and Idempotency-Key; null where none came
);
CREATE INDEX service_requests_machine ON service_requests (machine_id);
CREATE INDEX service_requests_newest ON service_requests (client_id, number DESC);
CREATE INDEX service_requests_deal ON service_requests (account, amocrm_deal_id) WHERE amocrm_deal_id IS NOT NULL;

-- Photos of service requests wait here for Telegram, which keeps them from then on: no door waits for it.
CREATE TABLE service_photos (
    id          uuid        PRIMARY KEY,
    telegram_id bigint      NOT NULL,                    -- who sent it; nobody else's request may name it
    type        text        NOT NULL,                    -- jpg, png, webp
    bytes       bytea,                                   -- NULL once Telegram keeps it
    file_id     text,                                    -- what the Bot API calls it from then on
    created_at  timestamptz NOT NULL DEFAULT now()
);
-- pictures are packed already
ALTER TABLE service_photos ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE INDEX service_photos_person ON service_photos (telegram_id, created_at);
CREATE INDEX service_photos_waiting ON service_photos (created_at) WHERE bytes IS NOT NULL;
