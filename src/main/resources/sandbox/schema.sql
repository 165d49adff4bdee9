-- What the sandbox remembers. It has a schema of its own beside the relay's tables, so that a restart finds both
-- sides of a lead as they were, and is made by the sandbox itself: the relay's migrations know nothing of it.

CREATE SCHEMA IF NOT EXISTS sandbox;

-- amoCRM numbers everything from one sequence here: no id means two things.
CREATE SEQUENCE IF NOT EXISTS sandbox.ids START WITH 30000001;

-- So many new ids, in one piece: a seeding answers its first and its last, and notes may be written meanwhile. Everything that
-- needs ids asks here; the lock is held for the drawing only.
CREATE OR REPLACE FUNCTION sandbox.new_ids(wanted int) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_lock(hashtext('sandbox ids'));
    RETURN QUERY SELECT nextval('sandbox.ids') FROM generate_series(1, wanted);
    PERFORM pg_advisory_unlock(hashtext('sandbox ids'));
END $$;

-- Leads, contacts, companies, notes, tasks and webhooks, as JSON near to amoCRM's own.
CREATE TABLE IF NOT EXISTS sandbox.documents (
    kind   text   NOT NULL,                -- lead, contact, company, note, task, webhook
    id     bigint NOT NULL,
    doc    jsonb  NOT NULL,
    search text   NOT NULL DEFAULT '',     -- name and field values in lower case, what ?query= looks into
    PRIMARY KEY (kind, id)
);
-- each row is of one account of the stand-in; tables of before there were several get the column here
ALTER TABLE sandbox.documents ADD COLUMN IF NOT EXISTS account text NOT NULL DEFAULT 'a';
CREATE INDEX IF NOT EXISTS documents_updated ON sandbox.documents (kind, ((doc ->> 'updated_at')::bigint));
CREATE INDEX IF NOT EXISTS documents_created ON sandbox.documents (kind, ((doc ->> 'created_at')::bigint));
-- notes and tasks of an entity
CREATE INDEX IF NOT EXISTS documents_entity ON sandbox.documents (kind, ((doc ->> 'entity_id')::bigint));
-- leads of a contact: doc @> '{"contacts":[{"id":1}]}'
CREATE INDEX IF NOT EXISTS documents_inside ON sandbox.documents USING gin (doc jsonb_path_ops);

-- The account's event log: who stood at which stage, and when.
CREATE TABLE IF NOT EXISTS sandbox.events (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    type        text   NOT NULL,           -- lead_status_changed, lead_added, …
    entity_type text   NOT NULL,           -- lead, contact, company, task
    entity_id   bigint NOT NULL,
    created_at  bigint NOT NULL,           -- unix seconds
    created_by  bigint NOT NULL,
    before      jsonb  NOT NULL DEFAULT '[]',
    after       jsonb  NOT NULL DEFAULT '[]'
);
ALTER TABLE sandbox.events ADD COLUMN IF NOT EXISTS account text NOT NULL DEFAULT 'a';
CREATE INDEX IF NOT EXISTS events_entity ON sandbox.events (entity_id, type);
CREATE INDEX IF NOT EXISTS events_time ON sandbox.events (created_at);

-- Webhooks on their way. Written in the commit of the change they tell of, deleted when delivered or given up.
CREATE TABLE IF NOT EXISTS sandbox.hook_queue (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    destination text        NOT NULL,
    code        text        NOT NULL,      -- add_lead, status_lead, …
    body        text        NOT NULL,      -- form-encoded
    attempts    int         NOT NULL DEFAULT 0,
    due_at      timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE sandbox.hook_queue ADD COLUMN IF NOT EXISTS account text NOT NULL DEFAULT 'a';
CREATE INDEX IF NOT EXISTS hook_queue_due ON sandbox.hook_queue (due_at, id);

-- Authorization codes and tokens that oauth2/access_token gave out.
CREATE TABLE IF NOT EXISTS sandbox.tokens (
    token        text PRIMARY KEY,
    kind         text        NOT NULL,     -- CODE, ACCESS, REFRESH
    redirect_uri text        NOT NULL DEFAULT '',
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz
);
ALTER TABLE sandbox.tokens ADD COLUMN IF NOT EXISTS account text NOT NULL DEFAULT 'a';
-- the refresh token that this one was given for, and when a token given for this one was first used
ALTER TABLE sandbox.tokens ADD COLUMN IF NOT EXISTS parent text;
ALTER TABLE sandbox.tokens ADD COLUMN IF NOT EXISTS closed_at timestamptz;

-- What the bot wrote.
CREATE TABLE IF NOT EXISTS sandbox.chat_messages (
    message_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chat_id    bigint      NOT NULL,
    text       text        NOT NULL,
    sent_at    timestamptz NOT NULL DEFAULT now()
);

-- What came to the mailbox, one row a recipient.
CREATE TABLE IF NOT EXISTS sandbox.mails (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sender     text        NOT NULL,
    recipient  text        NOT NULL,
    subject    text        NOT NULL,
    body       text        NOT NULL,
    arrived_at timestamptz NOT NULL DEFAULT now()
);
-- a repeated copy of one mail bears the same
ALTER TABLE sandbox.mails ADD COLUMN IF NOT EXISTS message_id text NOT NULL DEFAULT '';
ALTER TABLE sandbox.mails ADD COLUMN IF NOT EXISTS content_type text NOT NULL DEFAULT '';
