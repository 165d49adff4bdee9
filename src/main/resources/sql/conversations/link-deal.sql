-- The deal and the conversation about it point at each other; a conversation without a known contact
-- belongs to the deal's client.
WITH deal AS (
    UPDATE amocrm_deals SET conversation_id = :conversation
    WHERE account_id = :account AND amocrm_deal_id = :deal
    RETURNING client_id
)
UPDATE conversations SET client_id = deal.client_id
FROM deal WHERE id = :conversation AND conversations.client_id IS NULL
