-- The next pair takes the place of the one that was refreshed, and of no other.
-- Parameters: address, access, refresh, life in seconds, account, mark of the pair before.
UPDATE oauth_tokens SET address = ?, access_token = ?, refresh_token = ?, expires_at = now() + ? * interval '1 s',
    refreshed_at = now(), refreshing_by = NULL, refreshing_until = NULL, trouble = NULL, cause = NULL, remedy = NULL, retry_at = NULL
WHERE account = ? AND refresh_token = ?
