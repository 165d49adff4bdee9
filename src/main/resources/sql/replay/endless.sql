-- Work that is claimed again and again without an end: its workers die over it, or it has been put off so often that waiting alone
-- helps nothing. What the other side's pause holds back is not claimed, and does not count.
SELECT kind, account, count(*) AS rows, max(attempts) AS attempts, max(lapses) AS lapses, min(id) AS oldest,
       (array_agg(last_error ORDER BY id))[1] AS reason
FROM outbox
WHERE status IN ('pending', 'failed') AND (lapses >= ? OR attempts >= ?)
GROUP BY kind, account
UNION ALL
SELECT 'inbox', account, count(*), max(attempts), max(lapses), min(id), (array_agg(last_error ORDER BY id))[1]
FROM amocrm_webhook_events
WHERE NOT processed AND outcome IS NULL AND (lapses >= ? OR attempts >= ?)
GROUP BY account
ORDER BY 1, 2
