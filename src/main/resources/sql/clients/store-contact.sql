-- Stores one contact of the CRM; older data never overwrites newer (amoCRM's clock decides).
-- The row stays locked until the commit: two workers who meet the same new contact take turns.
INSERT INTO amocrm_contacts AS known (account_id, contact_id, name, phones, emails, updated_at, full_data, read_at)
VALUES (:account, :id, :name, :phones, :emails, :updatedAt, CAST(:full AS jsonb), now())
ON CONFLICT (account_id, contact_id) DO UPDATE SET
    (name, phones, emails, updated_at, full_data) = (
        SELECT newest.name, newest.phones, newest.emails, newest.updated_at, newest.full_data
        FROM (VALUES (known.name, known.phones, known.emails, known.updated_at, known.full_data),
                     (excluded.name, excluded.phones, excluded.emails, excluded.updated_at, excluded.full_data))
             AS newest(name, phones, emails, updated_at, full_data)
        ORDER BY newest.updated_at DESC NULLS LAST LIMIT 1),
    read_at = excluded.read_at,
    deleted = false
