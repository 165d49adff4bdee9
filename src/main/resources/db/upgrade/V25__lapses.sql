-- Claims that ended without a word: the worker died over the row, or was held up for longer than its lease. A row that kills
-- whoever takes it would else be claimed for ever. By a trigger, so that every way to claim counts; a claim that was given back,
-- postponed or settled has ended its lease, and does not count.
ALTER TABLE outbox ADD COLUMN lapses int NOT NULL DEFAULT 0;
ALTER TABLE amocrm_webhook_events ADD COLUMN lapses int NOT NULL DEFAULT 0;

CREATE FUNCTION count_lapse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.lapses := OLD.lapses + 1;
    RETURN NEW;
END
$$;

CREATE TRIGGER outbox_lapses BEFORE UPDATE OF lease ON outbox
    FOR EACH ROW WHEN (NEW.lease <> OLD.lease) EXECUTE FUNCTION count_lapse();
CREATE TRIGGER amocrm_webhook_events_lapses BEFORE UPDATE OF lease ON amocrm_webhook_events
    FOR EACH ROW WHEN (NEW.lease <> OLD.lease) EXECUTE FUNCTION count_lapse();
