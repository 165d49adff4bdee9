-- Who may log in beside admin, whose password is a setting.
CREATE TABLE people (
    name          text        PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9._-]{1,31}$' AND name <> 'admin'),
    role          text        NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
    password_hash text        NOT NULL,                  -- bcrypt
    created_at    timestamptz NOT NULL DEFAULT now(),
    changed_at    timestamptz NOT NULL DEFAULT now()
);

-- Logins of browsers that last: one check of the password a login, on whichever node.
CREATE TABLE login_sessions (
    hash       bytea       PRIMARY KEY,                  -- SHA-256 of what the cookie holds
    name       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at    timestamptz NOT NULL DEFAULT now()        -- within some minutes
);
CREATE INDEX login_sessions_name ON login_sessions (name);

-- Browsers in which somebody has logged in: whoever guesses elsewhere does not keep them waiting.
CREATE TABLE login_devices (
    hash       bytea       PRIMARY KEY,                  -- SHA-256 of what the cookie holds
    name       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX login_devices_name ON login_devices (name);

-- The password that admin's sessions and browsers were let in with: with another one they end.
CREATE TABLE login_admin (
    only_row      boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    password_hash text    NOT NULL                       -- bcrypt
);
