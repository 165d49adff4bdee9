-- A client's machines as the Mini App shows them; days are those of the calendar of the machine's account.
SELECT id, coalesce(product, model, 'Станок') AS name, serial_number AS serial, status, model, configuration,
       to_char(next_maintenance_date AT TIME ZONE zone, 'YYYY-MM-DD') AS next_maintenance,
       (next_maintenance_date AT TIME ZONE zone)::date - (now() AT TIME ZONE zone)::date AS days,
       to_char(created_at AT TIME ZONE zone, 'YYYY-MM-DD') AS registered,
       service_history::text AS history, documents::text AS documents
FROM machine_instances machine
CROSS JOIN LATERAL (SELECT account_zone(machine.account_id, :usual)) AS calendar(zone)
WHERE client_id = :client AND (CAST(:machine AS uuid) IS NULL OR id = :machine)
ORDER BY next_maintenance_date NULLS LAST, serial_number
