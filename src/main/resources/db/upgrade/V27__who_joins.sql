-- Whoever comes to belong to a client, by whatever proof, is told to its people: an effect telegram.client-joined for each of them, in the
-- commit that links. Where two clients become one, both sides are told of each other.
-- The supplier's own engineers belong to nobody, and closed chats are left alone.
CREATE FUNCTION tell_who_joins() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox (kind, dedupe_key, subject_id, payload)
    SELECT DISTINCT 'telegram.client-joined',
           'telegram.client-joined:' || told.who || ':' || told.client_id || ':' || told.chat || ':'
               || coalesce(extract(epoch FROM told.linked_at)::bigint, 0),
           CAST(told.who AS text), jsonb_build_object('chat', told.chat, 'person', told.who)
    FROM (
        SELECT joined.tg_id AS who, other.tg_id AS chat, joined.client_id, joined.linked_at
        FROM now_is joined JOIN was USING (tg_id)
        JOIN telegram_users other ON other.client_id = joined.client_id AND NOT other.chat_closed AND NOT other.staff
        LEFT JOIN was other_was ON other_was.tg_id = other.tg_id
        WHERE joined.client_id IS DISTINCT FROM was.client_id AND joined.client_id IS NOT NULL
          -- who has come along knows the others
          AND NOT (other_was.tg_id IS NOT NULL AND other_was.client_id IS DISTINCT FROM other.client_id)
        UNION
        SELECT other.tg_id, joined.tg_id, joined.client_id, other.linked_at
        FROM now_is joined JOIN was USING (tg_id)
        JOIN telegram_users other ON other.client_id = joined.client_id AND NOT other.staff
        LEFT JOIN was other_was ON other_was.tg_id = other.tg_id
        WHERE joined.client_id IS DISTINCT FROM was.client_id AND joined.client_id IS NOT NULL
          AND NOT joined.chat_closed AND NOT joined.staff
          -- no proof of their own has brought them here: their client has become another one
          AND was.client_id IS NOT NULL AND joined.linked_at IS NOT DISTINCT FROM was.linked_at
          AND NOT (other_was.tg_id IS NOT NULL AND other_was.client_id IS DISTINCT FROM other.client_id)
    ) AS told
    ON CONFLICT (dedupe_key) DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER telegram_users_who_joins AFTER UPDATE ON telegram_users
REFERENCING OLD TABLE AS was NEW TABLE AS now_is
FOR EACH STATEMENT EXECUTE FUNCTION tell_who_joins();
