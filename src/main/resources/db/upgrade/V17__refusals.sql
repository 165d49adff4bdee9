-- What an account refuses, so that a fault of the set-up is heard and waits, and is not booked against a lead.

-- Values of the settings that amoCRM refuses: left out of what is written until they are tried again.
CREATE TABLE amocrm_refused_values (
    account        text        NOT NULL,                 -- the configured name
    place          text        NOT NULL,                 -- responsible_user_id, pipeline_id, status_id, field
    value          bigint      NOT NULL,                 -- the id that was refused
    code           text        NOT NULL,                 -- amoCRM's: NotSupportedChoice, InvalidType, …
    cause          text        NOT NULL,                 -- what is wrong, a Russian sentence
    remedy         text        NOT NULL,                 -- what helps
    since          timestamptz NOT NULL DEFAULT now(),
    left_out_until timestamptz NOT NULL,                 -- the next write after this one tries the value again
    seen_wrong     boolean     NOT NULL DEFAULT false,   -- the account's own lists show that it is gone
    PRIMARY KEY (account, place, value)
);

-- Work whose call the account refused without blaming anything that was sent.
CREATE TABLE amocrm_refused_work (
    work      text        PRIMARY KEY,                   -- kind and id of the row of work
    account   text        NOT NULL,
    call      text        NOT NULL,                      -- POST /api/v4/leads
    reason    text        NOT NULL,                      -- amoCRM's, masked
    number    bigint      NOT NULL,                      -- the refused call's number; later ones that are served tell that it is not the account
    since     timestamptz NOT NULL DEFAULT now(),
    last_at   timestamptz NOT NULL DEFAULT now(),
    others_passed boolean NOT NULL DEFAULT false         -- a later call of the kind was served
);
CREATE INDEX amocrm_refused_work_call ON amocrm_refused_work (account, call);

-- What of a lead did not get into the deal, one Russian sentence each; a note of the deal tells it.
ALTER TABLE leads ADD COLUMN left_out jsonb NOT NULL DEFAULT '[]';

-- Since when something is dead. Null: it was set aside before this column.
ALTER TABLE outbox ADD COLUMN dead_since timestamptz;
ALTER TABLE amocrm_webhook_events ADD COLUMN dead_since timestamptz;

-- Whether a dead effect was set aside by the rule of before: a refusal by amoCRM of whatever kind. Such a one can be replayed.
CREATE FUNCTION dead_by_refusal(kind text, last_error text, dead_since timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT dead_since IS NULL AND kind LIKE 'crm.%' AND coalesce(last_error, '') ~
        '(→ (400|422)( |$)|(^|[; |])(responsible_user_id|status_id|pipeline_id|custom_fields_values|_embedded|name|price)[A-Za-z0-9_.]*: [A-Z?])'
$$;
