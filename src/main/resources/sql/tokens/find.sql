-- A pair with its times told by this clock, so that no node's own clock matters.
-- held_back_ms: how long nobody refreshes it after a failure; null when somebody may. A pair that can never be
-- refreshed again is looked at once a minute: new tokens may come.
SELECT client_id, address, access_token, refresh_token, trouble, cause, remedy,
       CAST(extract(epoch FROM expires_at - now()) * 1000 AS bigint)   AS left_ms,
       CAST(extract(epoch FROM now() - refreshed_at) * 1000 AS bigint) AS age_ms,
       CASE WHEN retry_at > now()
            THEN CAST(extract(epoch FROM least(retry_at, now() + interval '1 minute') - now()) * 1000 AS bigint)
       END AS held_back_ms
FROM oauth_tokens WHERE account = ?
