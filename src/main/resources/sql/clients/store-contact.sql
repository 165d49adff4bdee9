-- Stores one contact of the CRM; older data never overwrites newer (amoCRM's clock decides, within one second of it the
-- later read). A contact that was seen to be gone comes back only by a read that began after that.
-- The row stays locked until the commit: two workers who meet the same new contact take turns.
INSERT INTO amocrm_contacts AS known (account_id, contact_id, name, phones, emails, updated_at, full_data, read_at, read_no)
VALUES (:account, :id, :name, :phones, :emails, :updatedAt, CAST(:full AS jsonb), :readAt, :readNo)
ON CONFLICT (account_id, contact_id) DO UPDATE SET
    (name, phones, emails, updated_at, full_data) = (
        SELECT newest.name, newest.phones, newest.emails, newest.updated_at, newest.full_data
        FROM (VALUES (known.name, known.phones, known.emails, known.updated_at, known.full_data, known.read_no),
                     (excluded.name, excluded.phones, excluded.emails, excluded.updated_at, excluded.full_data, excluded.read_no))
             AS newest(name, phones, emails, updated_at, full_data, read_no)
        ORDER BY newest.updated_at DESC NULLS LAST, newest.read_no DESC LIMIT 1),
    read_at = CASE WHEN excluded.read_no > known.read_no THEN excluded.read_at ELSE known.read_at END,
    read_no = greatest(excluded.read_no, known.read_no),
    deleted = known.deleted AND excluded.read_no < known.read_no
