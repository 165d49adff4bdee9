-- What is signed or one-time counts once: codes and states of a consent, notices that the integration was switched off.
CREATE TABLE one_time_uses (
    kind    text        NOT NULL CHECK (kind IN ('oauth-code', 'oauth-state', 'uninstall-notice')),
    hash    bytea       NOT NULL,                        -- SHA-256; the thing itself stands nowhere
    used_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, hash)
);

-- When the CRM's API confirmed what is in the row; null = a webhook told it and nothing else, and anybody who knows the webhook's
-- address could have. What a later webhook tells otherwise is told only, again.
ALTER TABLE conversations ADD COLUMN read_back_at timestamptz;
ALTER TABLE conversation_messages ADD COLUMN read_back_at timestamptz;
ALTER TABLE crm_notes ADD COLUMN read_back_at timestamptz;
