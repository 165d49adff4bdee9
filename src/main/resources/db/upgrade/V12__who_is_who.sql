-- Who somebody in Telegram is, and by what proof. Nobody is linked by a guess.
ALTER TABLE telegram_users
    ADD COLUMN name       text,                          -- as Telegram tells it
    ADD COLUMN staff      boolean NOT NULL DEFAULT false,-- one of the supplier's own engineers: sees all clients' requests
    ADD COLUMN linked_by  text,                          -- sale, phone or invitation; null while client_id is
    ADD COLUMN linked_at  timestamptz;
UPDATE telegram_users SET linked_by = 'sale', linked_at = created_at WHERE client_id IS NOT NULL;

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
