-- Talks and notes of the last two days that have no client although their contact or deal has one by now.
WITH talks AS (
    SELECT talk.id, coalesce(contact.client_id, deal.client_id) AS client_id
    FROM conversations talk
    LEFT JOIN amocrm_contacts contact ON contact.account_id = talk.account_id AND contact.contact_id = talk.amocrm_contact_id
    LEFT JOIN amocrm_deals deal ON deal.account_id = talk.account_id AND deal.amocrm_deal_id = talk.amocrm_deal_id
    WHERE talk.client_id IS NULL AND talk.updated_at > now() - interval '2 days'
      AND coalesce(contact.client_id, deal.client_id) IS NOT NULL
    ORDER BY talk.id FOR UPDATE OF talk SKIP LOCKED
), notes AS (
    SELECT note.account_id, note.note_id, coalesce(contact.client_id, deal.client_id) AS client_id
    FROM crm_notes note
    LEFT JOIN amocrm_contacts contact ON contact.account_id = note.account_id AND contact.contact_id = note.amocrm_contact_id
    LEFT JOIN amocrm_deals deal ON deal.account_id = note.account_id AND deal.amocrm_deal_id = note.amocrm_deal_id
    WHERE note.client_id IS NULL AND note.stored_at > now() - interval '2 days'
      AND coalesce(contact.client_id, deal.client_id) IS NOT NULL
    ORDER BY note.account_id, note.note_id FOR UPDATE OF note SKIP LOCKED
), linked AS (
    UPDATE crm_notes note SET client_id = notes.client_id FROM notes
    WHERE note.account_id = notes.account_id AND note.note_id = notes.note_id
)
UPDATE conversations talk SET client_id = talks.client_id FROM talks WHERE talk.id = talks.id
