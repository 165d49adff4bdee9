-- Counts the notes of a deal, those that are stored and those that only an event told of, so that a repeated event changes nothing.
UPDATE amocrm_deals SET notes_count = greatest(notes_count,
       (SELECT count(*) FROM crm_notes note WHERE note.account_id = :account AND note.amocrm_deal_id = :deal),
       (SELECT count(DISTINCT amocrm_entity_id) FROM amocrm_webhook_events note
        WHERE note.event_type = 'note.add' AND note.account_id = :account
          AND note.payload ->> 'element_type' = '2' AND note.payload ->> 'element_id' = :deal))
WHERE account_id = :account AND amocrm_deal_id = :deal
