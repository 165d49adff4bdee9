-- An account counts its days by another clock than was known. What its deals' fields hold is read anew by that clock; the other
-- dates of its machines stay the days that they were, whose first moments are others now.
WITH fields AS (
    UPDATE deal_maintenance_dates known SET
        crm_day      = told.day,
        previous_day = CASE WHEN known.previous_day = told.day THEN NULL ELSE known.previous_day END
    FROM (SELECT amocrm_deal_id,
                 (to_timestamp(CAST(first.told AS bigint)) AT TIME ZONE :before)::date AS day_before,
                 (to_timestamp(CAST(first.told AS bigint)) AT TIME ZONE :zone)::date AS day
          FROM amocrm_deals deal
          CROSS JOIN LATERAL (SELECT jsonb_path_query_first(deal.custom_fields, '$[*] ? (@.field_id == $field).values[0].value',
                                                            jsonb_build_object('field', CAST(:field AS bigint))) #>> '{}') AS first(told)
          WHERE deal.account_id = :account AND first.told ~ '^\d{1,11}$') AS told
    WHERE known.account_id = :account AND known.amocrm_deal_id = told.amocrm_deal_id
      AND known.crm_day = told.day_before AND told.day <> told.day_before
    RETURNING known.amocrm_deal_id, told.day_before, told.day
)
UPDATE machine_instances machine SET
    next_maintenance_date = CAST(coalesce(fields.day, stood.day) AS timestamp) AT TIME ZONE :zone,
    updated_at            = now()
FROM (SELECT id, amocrm_deal_id, (next_maintenance_date AT TIME ZONE :before)::date AS day FROM machine_instances
      WHERE next_maintenance_date IS NOT NULL AND (account_id = :account OR account_id IS NULL AND :default)) AS stood
LEFT JOIN fields ON fields.amocrm_deal_id = stood.amocrm_deal_id AND fields.day_before = stood.day
WHERE machine.id = stood.id
