-- Which events of the account's log told us nothing yet; answers their places, from 1.
-- A stage change is known where a hook told of it (amoCRM's clock may differ by seconds between hook and log), or where the
-- deal was read since. Having been won counts by itself: the deal may stand elsewhere by now and still owes its machine.
-- What is gone is news where our copy of it is still there; what is back, where our copy is gone or never was.
SELECT change.place
FROM unnest(CAST(:types AS text[]), CAST(:ids AS bigint[]), CAST(:stages AS bigint[]), CAST(:at AS bigint[]))
     WITH ORDINALITY AS change(type, id, stage, at, place)
LEFT JOIN amocrm_deals deal ON change.type LIKE 'lead%' AND deal.account_id = :account AND deal.amocrm_deal_id = change.id::text
LEFT JOIN amocrm_contacts contact ON change.type LIKE 'contact%' AND contact.account_id = :account AND contact.contact_id = change.id
WHERE CASE change.type
    WHEN 'lead_status_changed' THEN
        (change.stage = :won OR deal.id IS NULL OR deal.deleted OR deal.updated_at IS NULL OR deal.updated_at < to_timestamp(change.at))
        AND NOT EXISTS (
            SELECT FROM amocrm_webhook_events event
            WHERE event.entity_type = 'lead' AND event.amocrm_entity_id = change.id::text AND event.account_id = :account
              AND coalesce(event.outcome, '') NOT IN ('dead', 'unknown-account')
              AND event.payload ->> 'status_id' = change.stage::text
              AND event.payload ->> 'updated_at' IN (SELECT (change.at + apart)::text FROM generate_series(-2, 5) AS apart))
    WHEN 'lead_deleted' THEN NOT deal.deleted AND coalesce(deal.read_at < to_timestamp(change.at + 10), true)
    WHEN 'lead_restored' THEN coalesce(deal.deleted, true)
    WHEN 'contact_deleted' THEN NOT contact.deleted AND coalesce(contact.read_at < to_timestamp(change.at + 10), true)
    WHEN 'contact_restored' THEN coalesce(contact.deleted, true)
END
