-- Counts the notes of a deal by the events that told of them, so that a repeated event changes nothing.
UPDATE amocrm_deals SET notes_count = greatest(notes_count,
       (SELECT count(DISTINCT amocrm_entity_id) FROM amocrm_webhook_events note
        WHERE note.event_type = 'note.add' AND note.account_id = :account
          AND note.payload ->> 'element_type' = '2' AND note.payload ->> 'element_id' = :deal))
WHERE account_id = :account AND amocrm_deal_id = :deal
