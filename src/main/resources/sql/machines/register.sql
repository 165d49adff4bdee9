-- A machine is known by its serial number: sold again, it changes hands and keeps its history.
-- A change of the deal it was sold by before does not bring it back: the later sale counts, by amoCRM's clock.
-- Without a date in the deal the next maintenance is a year on; a date once known is not forgotten.
INSERT INTO machine_instances AS known
       (product, model, client_id, serial_number, configuration, next_maintenance_date, account_id, amocrm_deal_id)
VALUES (:model, :model, :client, :serial, :configuration,
        coalesce(CAST(:nextMaintenance AS timestamptz), now() + interval '1 year'), :account, :deal)
ON CONFLICT (serial_number) DO UPDATE SET
    product               = coalesce(excluded.product, known.product),
    model                 = coalesce(excluded.model, known.model),
    client_id             = coalesce(excluded.client_id, known.client_id),
    configuration         = coalesce(excluded.configuration, known.configuration),
    next_maintenance_date = coalesce(CAST(:nextMaintenance AS timestamptz), known.next_maintenance_date),
    account_id            = excluded.account_id,
    amocrm_deal_id        = excluded.amocrm_deal_id,
    updated_at            = now()
WHERE coalesce((SELECT closed_at FROM amocrm_deals
                WHERE account_id = known.account_id AND amocrm_deal_id = known.amocrm_deal_id), '-infinity')
   <= coalesce((SELECT closed_at FROM amocrm_deals
                WHERE account_id = excluded.account_id AND amocrm_deal_id = excluded.amocrm_deal_id), '-infinity')
