-- Events are stored in the order of their times: what block of the table a time stands in is all an index has to know, and
-- storing an event writes nothing to it.
DROP INDEX amocrm_webhook_events_ts;
CREATE INDEX amocrm_webhook_events_ts ON amocrm_webhook_events USING brin (ts) WITH (autosummarize = on);
