-- The table of webhooks only ever grows, and each index of it is written three times an event: when it is stored, claimed
-- and settled. 16 bytes tell a hash as well as its 64 digits do.
CREATE UNIQUE INDEX amocrm_webhook_events_hash ON amocrm_webhook_events ((md5(event_hash)::uuid));
ALTER TABLE amocrm_webhook_events DROP CONSTRAINT amocrm_webhook_events_event_hash_key;

-- A few dozen types for millions of rows: who asks for a type also asks for a time, an entity or a state.
DROP INDEX amocrm_webhook_events_type;
