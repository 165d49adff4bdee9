-- The client whom a deal's Telegram id, contact, contact's phone or INN names, in this order.
SELECT client_id FROM (
    SELECT 1 AS rank, client_id FROM telegram_users WHERE tg_id = :telegram AND client_id IS NOT NULL
    UNION ALL
    SELECT 2, client_id FROM amocrm_contacts
    WHERE account_id = :account AND contact_id = ANY (CAST(:contacts AS bigint[])) AND client_id IS NOT NULL
    UNION ALL
    SELECT 3, client_id FROM amocrm_contacts
    WHERE account_id = :account AND phones && CAST(:phones AS text[]) AND client_id IS NOT NULL AND NOT deleted
    UNION ALL
    SELECT 4, id FROM clients WHERE account_id = :account AND inn = :inn
) AS named(rank, client_id)
ORDER BY rank, client_id LIMIT 1
