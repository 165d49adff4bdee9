-- Talks and notes that came before anybody knew their contact or deal get the client now: that of the contact, else that of
-- the deal. Whoever works on a talk at this moment also works on its deal, and would wait for us while we wait for him: what is
-- locked is left out, and adopted by adopt-orphans.sql.
WITH people AS (
    SELECT contact_id, client_id FROM amocrm_contacts
    WHERE account_id = :account AND contact_id = ANY (CAST(:contacts AS bigint[])) AND client_id IS NOT NULL
), bought AS (
    SELECT amocrm_deal_id, client_id FROM amocrm_deals
    WHERE account_id = :account AND amocrm_deal_id = ANY (CAST(:deals AS text[])) AND client_id IS NOT NULL
), talks AS (
    SELECT talk.id, coalesce(people.client_id, bought.client_id) AS client_id
    FROM conversations talk
    LEFT JOIN people ON people.contact_id = talk.amocrm_contact_id
    LEFT JOIN bought ON bought.amocrm_deal_id = talk.amocrm_deal_id
    WHERE talk.account_id = :account AND talk.client_id IS NULL
      AND (talk.amocrm_contact_id = ANY (CAST(:contacts AS bigint[])) OR talk.amocrm_deal_id = ANY (CAST(:deals AS text[])))
    ORDER BY talk.id FOR UPDATE OF talk SKIP LOCKED
), notes AS (
    SELECT note.note_id, coalesce(people.client_id, bought.client_id) AS client_id
    FROM crm_notes note
    LEFT JOIN people ON people.contact_id = note.amocrm_contact_id
    LEFT JOIN bought ON bought.amocrm_deal_id = note.amocrm_deal_id
    WHERE note.account_id = :account AND note.client_id IS NULL
      AND (note.amocrm_contact_id = ANY (CAST(:contacts AS bigint[])) OR note.amocrm_deal_id = ANY (CAST(:deals AS text[])))
    ORDER BY note.note_id FOR UPDATE OF note SKIP LOCKED
), linked AS (
    UPDATE crm_notes note SET client_id = notes.client_id FROM notes
    WHERE note.account_id = :account AND note.note_id = notes.note_id AND notes.client_id IS NOT NULL
)
UPDATE conversations talk SET client_id = talks.client_id FROM talks WHERE talk.id = talks.id AND talks.client_id IS NOT NULL
