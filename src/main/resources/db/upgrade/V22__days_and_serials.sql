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

-- Whether a deal's field names a serial number: one of its values, or one of several in a text.
CREATE FUNCTION deal_names_serial(custom_fields jsonb, field bigint, serial text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT EXISTS (
        SELECT FROM jsonb_path_query(custom_fields, '$[*] ? (@.field_id == $field).values[*]', jsonb_build_object('field', field)) AS told,
             LATERAL regexp_split_to_table(CASE WHEN jsonb_typeof(told) = 'object' THEN told ->> 'value' ELSE told #>> '{}' END, '[,;\r\n]+') AS one
        WHERE btrim(regexp_replace(one, '[\s\u00a0\u2007\u202f]+', ' ', 'g')) = serial)
$$;
