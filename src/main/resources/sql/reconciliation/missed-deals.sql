-- Which of the deals have changed since we read them; answers their places, from 1. amoCRM counts whole seconds: a read
-- within the very second of a change may have missed another change in it.
SELECT told.place
FROM unnest(CAST(:ids AS bigint[]), CAST(:at AS bigint[])) WITH ORDINALITY AS told(id, at, place)
WHERE NOT EXISTS (
    SELECT FROM amocrm_deals known
    WHERE known.account_id = :account AND known.amocrm_deal_id = told.id::text AND NOT known.deleted
      AND (known.updated_at > to_timestamp(told.at)
           OR known.updated_at = to_timestamp(told.at) AND known.read_at >= to_timestamp(told.at + 1)))
