-- Clients that are proved to be one. Two proofs count:
--   contacts  two contacts were merged in the CRM: one is gone, in a deal of which the other stands now, with a phone or an
--             e-mail of the one that is gone. The one that stayed has the client that stays.
--   inn       a won deal of a client without an INN tells the INN of another client of the account, and no deal of the client
--             tells another one (who buys for several companies is none of them).
-- A name, a company's name, or a contact that was merely deleted proves nothing.
WITH touched AS (
    SELECT unnest(CAST(:deals AS text[])) AS deal
    UNION
    SELECT amocrm_deal_id FROM deal_contacts WHERE account_id = :account AND contact_id = ANY (CAST(:contacts AS bigint[]))
)
SELECT gone.client_id AS loser, heir.client_id AS winner, 'contacts' AS proof
FROM touched
JOIN deal_contacts past ON past.account_id = :account AND past.amocrm_deal_id = touched.deal
JOIN amocrm_contacts gone ON gone.account_id = :account AND gone.contact_id = past.contact_id AND gone.deleted
JOIN amocrm_deals deal ON deal.account_id = :account AND deal.amocrm_deal_id = touched.deal AND NOT deal.deleted
JOIN deal_contacts there ON there.account_id = :account AND there.amocrm_deal_id = touched.deal
     AND deal.deal_full_data #> '{_embedded,contacts}' @> jsonb_build_array(jsonb_build_object('id', there.contact_id))
     AND NOT deal.deal_full_data #> '{_embedded,contacts}' @> jsonb_build_array(jsonb_build_object('id', gone.contact_id))
JOIN amocrm_contacts heir ON heir.account_id = :account AND heir.contact_id = there.contact_id AND NOT heir.deleted
WHERE gone.client_id <> heir.client_id
  AND (gone.phones && heir.phones OR lowered(gone.emails) && lowered(heir.emails))
UNION
SELECT buyer.id, holder.id, 'inn'
FROM unnest(CAST(:innDeals AS text[]), CAST(:inns AS text[])) AS told(deal, inn)
JOIN amocrm_deals deal ON deal.account_id = :account AND deal.amocrm_deal_id = told.deal
JOIN clients buyer ON buyer.id = deal.client_id AND buyer.account_id = :account AND buyer.inn IS NULL
JOIN clients holder ON holder.account_id = :account AND holder.inn = told.inn AND holder.id <> buyer.id
WHERE NOT EXISTS (
    SELECT FROM amocrm_deals other, jsonb_array_elements(other.custom_fields) AS field
    WHERE other.client_id = buyer.id AND field ->> 'field_id' = CAST(CAST(:innField AS bigint) AS text)
      AND field #>> '{values,0,value}' <> told.inn)
ORDER BY 1, 2
