-- Stores a talk, linked with the client of its contact. What a later event does not tell is kept;
-- an event that is older than what is known changes no flag.
INSERT INTO conversations AS known
       (account_id, amocrm_talk_id, amocrm_chat_id, amocrm_contact_id, amocrm_deal_id, origin, client_id,
        is_in_work, is_read, created_at, updated_at)
VALUES (:account, :talk, :chat, :contact, :deal, :origin,
        (SELECT client_id FROM amocrm_contacts WHERE account_id = :account AND contact_id = :contact),
        :inWork, :read, coalesce(CAST(:at AS timestamptz), now()), coalesce(CAST(:at AS timestamptz), now()))
ON CONFLICT (account_id, amocrm_talk_id) DO UPDATE SET
    amocrm_chat_id    = coalesce(excluded.amocrm_chat_id, known.amocrm_chat_id),
    amocrm_contact_id = coalesce(excluded.amocrm_contact_id, known.amocrm_contact_id),
    amocrm_deal_id    = coalesce(excluded.amocrm_deal_id, known.amocrm_deal_id),
    origin            = coalesce(excluded.origin, known.origin),
    client_id         = coalesce(excluded.client_id, known.client_id),
    is_in_work = CASE WHEN excluded.updated_at >= known.updated_at
                      THEN coalesce(excluded.is_in_work, known.is_in_work) ELSE known.is_in_work END,
    is_read    = CASE WHEN excluded.updated_at >= known.updated_at
                      THEN coalesce(excluded.is_read, known.is_read) ELSE known.is_read END,
    -- confirmed was what stood there before
    read_back_at = CASE WHEN coalesce(excluded.amocrm_contact_id = known.amocrm_contact_id, excluded.amocrm_contact_id IS NULL)
                         AND coalesce(excluded.amocrm_deal_id = known.amocrm_deal_id, excluded.amocrm_deal_id IS NULL)
                        THEN known.read_back_at END,
    -- a talk that moves is looked at once more, where it is not known yet
    read_back_due = CASE WHEN known.read_back_at IS NOT NULL
                          AND coalesce(excluded.amocrm_contact_id = known.amocrm_contact_id, excluded.amocrm_contact_id IS NULL)
                          AND coalesce(excluded.amocrm_deal_id = known.amocrm_deal_id, excluded.amocrm_deal_id IS NULL)
                         THEN known.read_back_due ELSE now() END,
    read_back_tries = 0,
    updated_at = greatest(excluded.updated_at, known.updated_at)
RETURNING id
