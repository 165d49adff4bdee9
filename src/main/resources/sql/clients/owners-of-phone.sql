-- The clients that a phone leads to, by contacts that are there in the CRM, each with its newest deal and that deal's
-- manager; the client with the newest deal first.
SELECT client.id AS client_id, client.name, deal.amocrm_deal_id AS deal, deal.account, deal.responsible
FROM (SELECT DISTINCT client_id FROM amocrm_contacts
      WHERE phones @> ARRAY[CAST(:phone AS text)] AND NOT deleted AND client_id IS NOT NULL) AS found
JOIN clients client ON client.id = found.client_id
LEFT JOIN LATERAL (
    SELECT newest.amocrm_deal_id, newest.created_at, account.name AS account,
           CAST(nullif(newest.deal_full_data ->> 'responsible_user_id', '0') AS bigint) AS responsible
    FROM amocrm_deals newest LEFT JOIN amocrm_accounts account ON account.account_id = newest.account_id
    WHERE newest.client_id = client.id AND NOT newest.deleted
    ORDER BY newest.created_at DESC NULLS LAST, newest.id LIMIT 1) AS deal ON true
ORDER BY deal.created_at DESC NULLS LAST, client.id
