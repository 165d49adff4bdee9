-- What the CRM's API told of a note is known, and takes the place of what a webhook told. A row that a later webhook changed
-- meanwhile is left to the next look.
UPDATE crm_notes note
SET text = :text, author_id = coalesce(:author, note.author_id), entity_id = :entity,
    amocrm_deal_id = CASE WHEN note.entity_type = 'lead' THEN :entity END,
    amocrm_contact_id = CASE WHEN note.entity_type = 'contact' THEN CAST(:entity AS bigint) END,
    client_id = CASE WHEN note.entity_id = :entity THEN note.client_id
                     WHEN note.entity_type = 'lead' THEN (SELECT client_id FROM amocrm_deals
                          WHERE account_id = note.account_id AND amocrm_deal_id = :entity)
                     WHEN note.entity_type = 'contact' THEN (SELECT client_id FROM amocrm_contacts
                          WHERE account_id = note.account_id AND contact_id = CAST(:entity AS bigint)) END,
    read_back_at = now()
WHERE account_id = :account AND note_id = :id AND read_back_due = :due
