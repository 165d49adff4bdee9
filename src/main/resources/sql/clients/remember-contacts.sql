-- Notes who stands in deals, as they are stored now; whoever leaves one stays noted.
INSERT INTO deal_contacts (account_id, amocrm_deal_id, contact_id)
SELECT deal.account_id, deal.amocrm_deal_id, CAST(contact ->> 'id' AS bigint)
FROM amocrm_deals deal, jsonb_array_elements(CASE jsonb_typeof(deal.deal_full_data #> '{_embedded,contacts}')
                                             WHEN 'array' THEN deal.deal_full_data #> '{_embedded,contacts}' ELSE '[]' END) AS contact
WHERE deal.account_id = :account AND deal.amocrm_deal_id = ANY (CAST(:deals AS text[])) AND contact ->> 'id' IS NOT NULL
ORDER BY 1, 2, 3
ON CONFLICT DO NOTHING
