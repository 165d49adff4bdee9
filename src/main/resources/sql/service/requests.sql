-- Service requests with what is shown of their machines and clients; which ones and in which order is told by who asks.
SELECT request.id, request.number, request.status, request.account, request.amocrm_deal_id, request.lead_id, request.machine_id,
       request.client_id, request.telegram_id, request.phone, request.description, request.photos::text AS photos, request.engineer,
       request.created_at, request.done_at, request.result, request.pushed_stage,
       machine.serial_number, coalesce(machine.product, machine.model, 'Станок') AS machine_name,
       (machine.next_maintenance_date AT TIME ZONE account_zone(machine.account_id, :usual))::date AS next_maintenance,
       client.name AS client_name
FROM service_requests request
JOIN machine_instances machine ON machine.id = request.machine_id
LEFT JOIN clients client ON client.id = request.client_id
