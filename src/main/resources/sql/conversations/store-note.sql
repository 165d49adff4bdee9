-- Stores a note, linked with the deal or contact it hangs on and with their client, as far as that is known; who becomes
-- known later brings the client along (follow-deals.sql). Older data never overwrites newer.
INSERT INTO crm_notes AS known
       (account_id, note_id, entity_type, entity_id, amocrm_deal_id, amocrm_contact_id, client_id, note_type, text, author_id,
        created_at, updated_at)
VALUES (:account, :note, :entityType, :entity, :deal, :contact,
        CASE :entityType
            WHEN 'lead' THEN (SELECT client_id FROM amocrm_deals WHERE account_id = :account AND amocrm_deal_id = :deal)
            WHEN 'contact' THEN (SELECT client_id FROM amocrm_contacts WHERE account_id = :account AND contact_id = :contact)
            WHEN 'company' THEN (SELECT id FROM clients WHERE account_id = :account
                                 AND amocrm_company_id = CAST(substring(:entity FROM '^\d{1,18}$') AS bigint) ORDER BY created_at, id LIMIT 1)
        END, :type, :text, :author,
        CAST(:createdAt AS timestamptz), coalesce(CAST(:updatedAt AS timestamptz), CAST(:createdAt AS timestamptz)))
ON CONFLICT (account_id, note_id) DO UPDATE SET
    client_id  = coalesce(known.client_id, excluded.client_id),
    text       = excluded.text,
    -- confirmed was what stood there before
    read_back_at = CASE WHEN known.text IS NOT DISTINCT FROM excluded.text THEN known.read_back_at END,
    read_back_due = CASE WHEN known.text IS NOT DISTINCT FROM excluded.text THEN known.read_back_due ELSE now() END,
    read_back_tries = CASE WHEN known.text IS NOT DISTINCT FROM excluded.text THEN known.read_back_tries ELSE 0 END,
    updated_at = excluded.updated_at
WHERE known.updated_at IS NULL OR known.updated_at < excluded.updated_at OR known.client_id IS NULL
