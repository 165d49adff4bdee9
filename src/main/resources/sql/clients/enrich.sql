-- Adds what a deal tells about its client: phones and e-mails are collected, the INN and the company are kept
-- as first told, and an INN that another client already bears stays with that one.
UPDATE clients AS c SET
    contact_info = c.contact_info || jsonb_build_object(
        'phones', (SELECT coalesce(jsonb_agg(DISTINCT phone ORDER BY phone), '[]')
                   FROM (SELECT jsonb_array_elements_text(coalesce(c.contact_info -> 'phones', '[]'))
                         UNION SELECT unnest(:phones::text[])) AS every(phone)),
        'emails', (SELECT coalesce(jsonb_agg(DISTINCT email ORDER BY email), '[]')
                   FROM (SELECT jsonb_array_elements_text(coalesce(c.contact_info -> 'emails', '[]'))
                         UNION SELECT unnest(:emails::text[])) AS every(email))),
    inn = CASE WHEN c.inn IS NULL AND NOT EXISTS (SELECT 1 FROM clients other
                    WHERE other.account_id = :account AND other.inn = :inn)
               THEN :inn ELSE c.inn END,
    amocrm_company_id = coalesce(c.amocrm_company_id, :company),
    updated_at = now()
WHERE c.id = :client
