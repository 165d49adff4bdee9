-- The first pair of a consent. A refresh that is under way meanwhile finds its pair gone and leaves this one alone.
-- Parameters: account, client id, address, amoCRM's number of the account, access, refresh, life in seconds.
INSERT INTO oauth_tokens (account, client_id, address, account_id, access_token, refresh_token, expires_at)
VALUES (?, ?, ?, ?, ?, ?, now() + ? * interval '1 s')
ON CONFLICT (account) DO UPDATE SET
    client_id = excluded.client_id, address = excluded.address, account_id = excluded.account_id,
    access_token = excluded.access_token, refresh_token = excluded.refresh_token, expires_at = excluded.expires_at,
    refreshed_at = now(), refreshing_by = NULL, refreshing_until = NULL, trouble = NULL, cause = NULL, remedy = NULL, retry_at = NULL
