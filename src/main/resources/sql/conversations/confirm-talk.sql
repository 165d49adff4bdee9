-- What the CRM's API told of a talk is known, and takes the place of what a webhook told. A row that a later webhook changed
-- meanwhile is left to the next look.
WITH known AS (
    UPDATE conversations talk
    SET amocrm_chat_id = coalesce(:chat, talk.amocrm_chat_id), amocrm_contact_id = :contact, amocrm_deal_id = :deal,
        origin = coalesce(:origin, talk.origin),
        client_id = coalesce((SELECT client_id FROM amocrm_contacts WHERE account_id = talk.account_id AND contact_id = :contact),
                             (SELECT client_id FROM amocrm_deals WHERE account_id = talk.account_id AND amocrm_deal_id = :deal)),
        is_in_work = coalesce(:inWork, talk.is_in_work), is_read = coalesce(:read, talk.is_read),
        read_back_at = now()
    WHERE account_id = :account AND amocrm_talk_id = :id AND read_back_due = :due
    RETURNING id, account_id
), parted AS (
    UPDATE amocrm_deals deal SET conversation_id = NULL FROM known
    WHERE deal.conversation_id = known.id AND deal.amocrm_deal_id IS DISTINCT FROM :deal
)
UPDATE amocrm_deals deal SET conversation_id = known.id FROM known
WHERE deal.account_id = known.account_id AND deal.amocrm_deal_id = :deal
