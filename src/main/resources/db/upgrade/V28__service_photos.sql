-- Photos of service requests wait here for Telegram, which keeps them from then on: no door waits for it. The request names them by
-- these ids; older ones by Telegram's own.
CREATE TABLE service_photos (
    id          uuid        PRIMARY KEY,
    telegram_id bigint      NOT NULL, -- who sent it; nobody else's request may name it
    type        text        NOT NULL, -- jpg, png, webp
    bytes       bytea,                -- NULL once Telegram keeps it
    file_id     text,                 -- what the Bot API calls it from then on
    created_at  timestamptz NOT NULL DEFAULT now()
);
-- pictures are packed already
ALTER TABLE service_photos ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE INDEX service_photos_person ON service_photos (telegram_id, created_at);
CREATE INDEX service_photos_waiting ON service_photos (created_at) WHERE bytes IS NOT NULL;
