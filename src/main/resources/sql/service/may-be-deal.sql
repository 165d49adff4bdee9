-- Whether a deal without a mark may be the one of a service request: one of the same machine, whose creation is under way or in
-- doubt, was asked for before the deal was made. Amounts to a wait, which ends when the creation's outcome is known.
SELECT EXISTS (
    SELECT FROM service_requests request
    JOIN machine_instances machine ON machine.id = request.machine_id
    JOIN outbox effect ON effect.subject_id = request.lead_id::text AND effect.kind LIKE 'crm.lead%'
                      AND effect.status IN ('pending', 'failed') AND (effect.in_doubt OR effect.lease IS NOT NULL)
    WHERE request.account = ? AND request.amocrm_deal_id IS NULL AND machine.serial_number = ?
      AND coalesce((SELECT created_at FROM amocrm_deals WHERE account_id = ? AND amocrm_deal_id = ?), now())
          > request.created_at - interval '2 minutes')
