-- What the CRM's field of the next maintenance holds in deals, as we have them stored: those where it holds something, or did.
SELECT deal.amocrm_deal_id AS deal, deal.updated_at,
       CASE WHEN jsonb_typeof(first.told) = 'object' THEN first.told ->> 'value' ELSE first.told #>> '{}' END AS told,
       known.crm_day
FROM amocrm_deals deal
CROSS JOIN LATERAL (SELECT jsonb_path_query_first(deal.custom_fields, '$[*] ? (@.field_id == $field).values[0]',
                                                  jsonb_build_object('field', CAST(:field AS bigint)))) AS first(told)
LEFT JOIN deal_maintenance_dates known ON known.account_id = deal.account_id AND known.amocrm_deal_id = deal.amocrm_deal_id
WHERE deal.account_id = :account AND deal.amocrm_deal_id = ANY (CAST(:deals AS text[])) AND NOT deal.deleted
  AND (first.told IS NOT NULL OR known.crm_day IS NOT NULL)
ORDER BY deal.amocrm_deal_id
