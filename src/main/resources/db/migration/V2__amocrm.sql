-- What the relay knows of each amoCRM account: how it goes with it, its tokens, the budget of calls, what it refuses, and how far it
-- was looked through for what no webhook told. Everything that comes from amoCRM carries the account it came from.

-- The accounts that are configured, and how it goes with each.
CREATE TABLE amocrm_accounts (
    name              text PRIMARY KEY,                  -- the configured name
    account_id        bigint UNIQUE,                     -- amoCRM's number of it, once read
    state             text        NOT NULL DEFAULT 'ok'
        CHECK (state IN ('ok', 'slowed', 'auth-required', 'unpaid', 'blocked', 'down', 'unexpected')),
    cause             text,                              -- what is wrong, a Russian sentence
    remedy            text,                              -- what helps
    slowdowns         int         NOT NULL DEFAULT 0,    -- not used any more: amocrm_paces
    paused_until      timestamptz,                       -- no node calls before
    changed_at        timestamptz NOT NULL DEFAULT now(),
    troubled_call     bigint      NOT NULL DEFAULT 0,    -- newest call when its last trouble was told: only a later one ends it
    time_zone         text,                              -- as the account tells it; null: not yet, the relay's setting counts
    time_zone_read_at timestamptz,                       -- when
    told              boolean     NOT NULL DEFAULT false -- the log was told of state and cause: once, by one node
);

-- Token pairs of OAuth. The tokens are sealed (AES-256-GCM) under a key made of the integration's client secret.
CREATE TABLE oauth_tokens (
    account          text PRIMARY KEY,                   -- the configured name of the account
    client_id        text        NOT NULL,               -- the integration that got the pair
    address          text        NOT NULL,               -- where the account answers: https://example.amocrm.ru
    account_id       bigint,                             -- amoCRM's number of the account, where the token tells it
    access_token     text        NOT NULL,
    refresh_token    text        NOT NULL,               -- works once; also tells one pair from the next
    expires_at       timestamptz NOT NULL,               -- of the access token
    refreshed_at     timestamptz NOT NULL DEFAULT now(),
    refreshing_by    uuid,                               -- lease: one thread of one node refreshes,
    refreshing_until timestamptz,                        -- the others wait and read its result
    trouble          text,                               -- why the last refresh failed: kind,
    cause            text,                               -- what is wrong and
    remedy           text,                               -- what helps, Russian sentences
    retry_at         timestamptz                         -- nobody tries again before; infinity = never with this pair
);

-- Calls to amoCRM in the last hour: the budget that all nodes share, see take_amocrm_call().
CREATE TABLE amocrm_calls (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account text        NOT NULL,
    ends_at timestamptz NOT NULL                         -- when it was answered; while it is on its way, the latest it can be
);
CREATE INDEX amocrm_calls_account ON amocrm_calls (account, ends_at);

-- Accounts that have answered 429 without saying for how long, and how much slower they are called since: somebody, perhaps
-- not we, uses the limit. No row: at full pace, and then a call costs nothing more than before.
CREATE TABLE amocrm_paces (
    account     text        PRIMARY KEY,                 -- the configured name
    part        float8      NOT NULL CHECK (part > 0 AND part <= 1), -- of the full pace, just after the last slowing down
    slowed_call bigint      NOT NULL,                    -- the newest call then: what was on its way slows down no further
    slowed_at   timestamptz NOT NULL,                    -- when
    last_at     timestamptz                              -- when a call was taken last
);

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

-- Work whose call the account refused without blaming anything that was sent: it waits, and is not booked against a lead.
CREATE TABLE amocrm_refused_work (
    work          text        PRIMARY KEY,               -- kind and id of the row of work
    account       text        NOT NULL,
    call          text        NOT NULL,                  -- POST /api/v4/leads
    reason        text        NOT NULL,                  -- amoCRM's, masked
    number        bigint      NOT NULL,                  -- the refused call's number; later ones that are served tell that it is not the account
    since         timestamptz NOT NULL DEFAULT now(),
    last_at       timestamptz NOT NULL DEFAULT now(),
    others_passed boolean     NOT NULL DEFAULT false     -- a later call of the kind was served
);
CREATE INDEX amocrm_refused_work_call ON amocrm_refused_work (account, call);

-- One row an account: when some node was last up, and how the webhook subscription was when it was last looked at.
CREATE TABLE account_watch (
    account      text PRIMARY KEY,                       -- the configured name
    alive_at     timestamptz NOT NULL DEFAULT now(),     -- the relay was up and could store
    hook_state   text CHECK (hook_state IN ('ok', 'disabled', 'missing')), -- null = not looked at yet
    hook_ok_at   timestamptz,                            -- when the subscription was last seen switched on
    hook_seen_at timestamptz,                            -- when it was last looked at
    hook_changed bigint                                  -- amoCRM's updated_at of it then: saved anew since, it may have been off
);

-- One row a reconciliation: a stretch of time that is looked through for what no webhook told.
CREATE TABLE reconciliations (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account        text        NOT NULL,                 -- the configured name
    cause          text        NOT NULL CHECK (cause IN ('downtime', 'hooks-off', 'demand')),
    from_at        timestamptz NOT NULL,
    to_at          timestamptz NOT NULL,
    step           text        NOT NULL DEFAULT 'changes' CHECK (step IN ('changes', 'deals', 'contacts', 'done')),
    reached        timestamptz NOT NULL,                 -- this step has read everything before
    page           int         NOT NULL DEFAULT 1,       -- next page from there on
    pages          int         NOT NULL DEFAULT 0,       -- read so far, in all steps
    found_changes  int         NOT NULL DEFAULT 0,       -- stage changes, deletions and restorations that nothing had told
    found_deals    int         NOT NULL DEFAULT 0,
    found_contacts int         NOT NULL DEFAULT 0,
    remark         text,                                 -- what could not be looked at, a Russian sentence
    started_at     timestamptz NOT NULL DEFAULT now(),
    finished_at    timestamptz
);
CREATE INDEX reconciliations_account ON reconciliations (account, id);

-- Which of two reads from the CRM began later: clocks of nodes differ and are set back, this only grows.
CREATE SEQUENCE crm_reads;
