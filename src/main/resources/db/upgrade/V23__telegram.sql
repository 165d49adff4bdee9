-- Why and since when nothing can be sent to a person: blocked, deactivated, unknown, never-started.
ALTER TABLE telegram_users
    ADD COLUMN chat_closed_at  timestamptz,              -- null while it is open
    ADD COLUMN chat_closed_why text;
UPDATE telegram_users SET chat_closed_at = now(), chat_closed_why = 'blocked' WHERE chat_closed;
CREATE INDEX telegram_users_closed ON telegram_users (chat_closed_at) WHERE chat_closed;

-- Groups that have become supergroups, and go on under another id.
CREATE TABLE telegram_moves (
    chat_id  bigint PRIMARY KEY,
    moved_to bigint      NOT NULL,
    moved_at timestamptz NOT NULL DEFAULT now()
);

-- A row while nothing can be sent to Telegram, for all nodes; none while all is well.
CREATE TABLE telegram_trouble (
    only_row boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    state    text        NOT NULL CHECK (state IN ('unreachable', 'token-refused')),
    since    timestamptz NOT NULL DEFAULT now(),
    cause    text        NOT NULL,                       -- what is wrong, a Russian sentence
    remedy   text        NOT NULL                        -- what helps
);

-- As in V8; and while nothing can be sent to Telegram, its messages keep their places and wear none of themselves out.
CREATE OR REPLACE FUNCTION is_kind_paused(wanted_kind text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM paused_kinds WHERE kind = wanted_kind)
        OR wanted_kind LIKE 'telegram.%' AND EXISTS (SELECT FROM telegram_trouble)
$$;

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
