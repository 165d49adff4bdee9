-- What a message was about that did not reach a person in Telegram: the deal with its manager, and the client; by the machine's serial
-- number, by the service request, else by the newest deal of the person's client. No row for one of the supplier's own engineers.
WITH message AS (
    SELECT kind, dedupe_key, subject_id, payload FROM outbox WHERE dedupe_key = :key
), about AS (
    SELECT 1 AS place, machine.client_id, machine.account_id, machine.amocrm_deal_id AS deal
    FROM message JOIN machine_instances machine ON machine.serial_number = message.payload ->> 'serial'
    UNION ALL
    SELECT 2, request.client_id, account.account_id, request.amocrm_deal_id
    FROM message JOIN service_requests request ON CAST(request.id AS text) = message.subject_id
    LEFT JOIN amocrm_accounts account ON account.name = request.account
    UNION ALL
    SELECT 3, person.client_id, newest.account_id, newest.amocrm_deal_id
    FROM telegram_users person JOIN LATERAL (
        SELECT account_id, amocrm_deal_id FROM amocrm_deals
        WHERE client_id = person.client_id AND NOT deleted ORDER BY created_at DESC NULLS LAST, id LIMIT 1) AS newest ON true
    WHERE person.tg_id = :chat
)
SELECT message.kind, message.payload, about.client_id, about.account_id, deal.amocrm_deal_id AS deal, coalesce(account.name, 'default') AS account,
       CAST(nullif(deal.deal_full_data ->> 'responsible_user_id', '0') AS bigint) AS responsible,
       (SELECT number FROM service_requests WHERE CAST(id AS text) = message.subject_id) AS request,
       (SELECT tg_id FROM telegram_users person
        WHERE person.client_id = about.client_id AND NOT person.chat_closed AND NOT person.staff AND person.tg_id <> :chat
        ORDER BY person.role = 'director' DESC, person.created_at, person.tg_id LIMIT 1) AS next_chat
FROM message CROSS JOIN about
LEFT JOIN amocrm_deals deal ON deal.account_id = about.account_id AND deal.amocrm_deal_id = about.deal AND NOT deal.deleted
LEFT JOIN amocrm_accounts account ON account.account_id = about.account_id
WHERE NOT EXISTS (SELECT FROM telegram_users WHERE tg_id = :chat AND staff)
ORDER BY about.place LIMIT 1
