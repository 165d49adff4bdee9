-- The CRM's date has changed: it moves the machines that stood at the date which the field showed before. A deal may hold
-- several, and one that was served since has a date of its own. Where none stands there, the date is meant for all.
WITH sold AS (
    SELECT id, (next_maintenance_date AT TIME ZONE :zone)::date AS day
    FROM machine_instances WHERE account_id = :account AND amocrm_deal_id = :deal
    ORDER BY id FOR UPDATE
)
UPDATE machine_instances machine SET next_maintenance_date = CAST(CAST(:day AS date) AS timestamp) AT TIME ZONE :zone, updated_at = now()
FROM sold
WHERE machine.id = sold.id AND sold.day IS DISTINCT FROM CAST(:day AS date)
  AND (sold.day = CAST(:before AS date) OR NOT EXISTS (SELECT FROM sold AS other WHERE other.day = CAST(:before AS date)))
