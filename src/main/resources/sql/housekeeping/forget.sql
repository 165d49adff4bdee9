-- Forgets what is no longer needed: payloads of events that are older than the retention (their hashes stay: by them what is
-- told again in the same words is counted), photos that Telegram keeps, keys of posts that may make a new lead by now, claims of dead workers.
-- At most 20,000 payloads a night, so that it never holds up the day. Returns how many payloads were emptied.
WITH old AS (
    SELECT id FROM amocrm_webhook_events
    WHERE ts < now() - CAST(:#days AS int) * interval '1 day' AND outcome IS NOT NULL AND payload <> '{}'
    ORDER BY ts LIMIT 20000
), emptied AS (
    UPDATE amocrm_webhook_events event SET payload = '{}' FROM old WHERE event.id = old.id RETURNING 1
), keys AS (
    DELETE FROM lead_keys WHERE expires_at < now() - interval '1 day'
), confirmations AS (
    DELETE FROM park_confirmations WHERE created_at < now() - interval '2 days'
), uses AS (
    -- a code lives twenty minutes, a state half an hour; a notice has no end
    DELETE FROM one_time_uses WHERE kind <> 'uninstall-notice' AND used_at < now() - interval '2 days'
), photos AS (
    DELETE FROM service_photos WHERE created_at < now() - greatest(CAST(:#days AS int), 30) * interval '1 day'
), claims AS (
    DELETE FROM contact_claims WHERE claimed_until < now() - interval '1 hour'
)
SELECT count(*) FROM emptied
