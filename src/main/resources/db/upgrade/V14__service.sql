-- A client calls an engineer from «Мой парк». The request goes into the CRM as a lead, in the commit that stores it; the
-- lead's deal and the request move each other from then on.
ALTER TABLE service_requests
    ADD COLUMN number          bigint GENERATED ALWAYS AS IDENTITY UNIQUE, -- what people call it: «Заявка №17»
    ADD COLUMN account         text   NOT NULL DEFAULT 'default',          -- the configured name of the CRM account that has its deal
    ADD COLUMN phone           text,                                       -- as typed, for the engineer to call back
    ADD COLUMN photos          jsonb  NOT NULL DEFAULT '[]',               -- Telegram's file ids
    ADD COLUMN lead_id         uuid   UNIQUE,                              -- the lead that makes the deal
    ADD COLUMN engineer        bigint,                                     -- Telegram id of who took it; null where the CRM or the admin said so
    ADD COLUMN taken_at        timestamptz,
    ADD COLUMN result          text,                                       -- what was done, in the engineer's words
    ADD COLUMN pushed_stage    bigint,                                     -- the stage that we have put the deal to last: no manager's change
    ADD COLUMN idempotency_key text   UNIQUE;                              -- SHA-256 of person and Idempotency-Key; null where none came
CREATE INDEX service_requests_newest ON service_requests (client_id, number DESC);
CREATE INDEX service_requests_deal ON service_requests (account, amocrm_deal_id) WHERE amocrm_deal_id IS NOT NULL;
