-- What waits and what is set aside, by kind (inbox = webhook events), account and state; the age in whole seconds.
SELECT kind, account, status AS state, count(*) AS count,
       CAST(extract(epoch FROM now() - min(created_at)) AS bigint) AS oldest_seconds
FROM outbox WHERE status IN ('pending', 'failed', 'dead')
GROUP BY kind, account, status
UNION ALL
SELECT 'inbox', account, CASE WHEN outcome = 'dead' THEN 'dead' WHEN failures > 0 THEN 'failed' ELSE 'pending' END, count(*),
       CAST(extract(epoch FROM now() - min(ts)) AS bigint)
FROM amocrm_webhook_events WHERE NOT processed AND outcome IS NULL OR outcome = 'dead'
GROUP BY 2, 3
ORDER BY 1, 2, 3
