-- The zone of an account is what it has told. Until then the relay's setting counts (RELAY_TIME_ZONE), which only the relay knows.
ALTER TABLE amocrm_accounts
    ALTER COLUMN time_zone DROP NOT NULL,
    ALTER COLUMN time_zone DROP DEFAULT;
UPDATE amocrm_accounts SET time_zone = NULL WHERE time_zone_read_at IS NULL;

-- By which clock the days of an account are reckoned; what belongs to no account goes by the default one.
CREATE FUNCTION account_zone(account bigint, usual text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce((SELECT time_zone FROM amocrm_accounts known
                     WHERE CASE WHEN account IS NULL THEN known.name = 'default' ELSE known.account_id = account END), usual)
$$;
