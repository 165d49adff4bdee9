-- Takes the lease on a pair: one of all threads and nodes gets a row back. Parameters: lease, seconds, account, mark
-- of the pair as it was read. A lease whose holder died runs out by itself.
UPDATE oauth_tokens SET refreshing_by = ?, refreshing_until = now() + ? * interval '1 s'
WHERE account = ? AND refresh_token = ?
  AND (refreshing_until IS NULL OR refreshing_until < now())
  AND (retry_at IS NULL OR retry_at <= now())
RETURNING account
