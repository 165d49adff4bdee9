-- An engineer has left a machine: a line of its history where there is one; operational again, unless another request keeps it
-- in repair, or somebody has put it into another state.
UPDATE machine_instances machine SET
    service_history = service_history || CAST(? AS jsonb),
    status          = CASE WHEN status = 'repair' AND NOT EXISTS (SELECT FROM service_requests request
                                WHERE request.machine_id = machine.id AND request.status = 'in_progress')
                           THEN 'operational' ELSE status END,
    updated_at      = now()
WHERE id = ?
