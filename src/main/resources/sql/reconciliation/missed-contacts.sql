-- Which of the contacts have changed since we read them; answers their places, from 1. A contact that a lead of ours has
-- just made is known by its phone and read with its deal: that it was added is no news.
SELECT told.place
FROM unnest(CAST(:ids AS bigint[]), CAST(:at AS bigint[]), CAST(:created AS bigint[])) WITH ORDINALITY AS told(id, at, created, place)
WHERE NOT EXISTS (
    SELECT FROM amocrm_contacts known
    WHERE known.account_id = :account AND known.contact_id = told.id AND NOT known.deleted
      AND (known.updated_at > to_timestamp(told.at)
           OR known.updated_at = to_timestamp(told.at) AND known.read_at >= to_timestamp(told.at + 1)
           OR known.full_data IS NULL AND told.created = told.at))
