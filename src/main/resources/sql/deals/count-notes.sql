-- Counts the notes of a deal that were read back: what a webhook alone has told, anybody could have told.
UPDATE amocrm_deals SET notes_count = greatest(notes_count,
       (SELECT count(*) FROM crm_notes note
        WHERE note.account_id = :account AND note.amocrm_deal_id = :deal AND note.read_back_at IS NOT NULL))
WHERE account_id = :account AND amocrm_deal_id = :deal
