-- A machine is known by its serial number. It changes hands, and keeps its history, only where the deal that it was sold by names the
-- number no more (somebody has taken it out there), or where the admin has given it to this deal. Else a number that stands with
-- another client or model changes nothing, the manager is asked. A change of an earlier deal of the same client does not bring a
-- machine back: the later sale counts, by amoCRM's clock. A number that only a form told (:claimed) moves no machine at all.
-- Without a date in the deal the next maintenance is a year on; a date once known is not forgotten. A machine that this
-- deal has registered already keeps its date: the field's changes move it by themselves (maintenance/follow.sql), who takes
-- turns with us at the deal's row of dates.
WITH dates AS (
    INSERT INTO deal_maintenance_dates (account_id, amocrm_deal_id) VALUES (:account, :deal)
    ON CONFLICT (account_id, amocrm_deal_id) DO UPDATE SET amocrm_deal_id = excluded.amocrm_deal_id
    RETURNING crm_day
), told AS (
    SELECT CAST(coalesce(crm_day, CAST(:nextMaintenance AS date)) AS timestamp) AT TIME ZONE CAST(:zone AS text) AS day
    FROM dates
)
INSERT INTO machine_instances AS known
       (product, model, client_id, serial_number, configuration, next_maintenance_date, account_id, amocrm_deal_id)
SELECT CAST(:model AS text), CAST(:model AS text), CAST(:client AS uuid), CAST(:serial AS text), CAST(:configuration AS text),
       coalesce(told.day, (date_trunc('day', now() AT TIME ZONE CAST(:zone AS text)) + interval '1 year') AT TIME ZONE CAST(:zone AS text)), CAST(:account AS bigint), CAST(:deal AS text)
FROM told
ON CONFLICT (serial_number) DO UPDATE SET
    product               = coalesce(excluded.product, known.product),
    model                 = coalesce(excluded.model, known.model),
    client_id             = coalesce(excluded.client_id, known.client_id),
    configuration         = coalesce(excluded.configuration, known.configuration),
    next_maintenance_date = CASE
        WHEN known.next_maintenance_date IS NOT NULL
         AND known.account_id = excluded.account_id AND known.amocrm_deal_id = excluded.amocrm_deal_id
        THEN known.next_maintenance_date
        ELSE coalesce((SELECT day FROM told), known.next_maintenance_date) END,
    given_account_id      = CASE WHEN known.account_id = excluded.account_id AND known.amocrm_deal_id = excluded.amocrm_deal_id
                                 THEN known.given_account_id END,
    given_deal_id         = CASE WHEN known.account_id = excluded.account_id AND known.amocrm_deal_id = excluded.amocrm_deal_id
                                 THEN known.given_deal_id END,
    account_id            = excluded.account_id,
    amocrm_deal_id        = excluded.amocrm_deal_id,
    updated_at            = now()
WHERE known.account_id = excluded.account_id AND known.amocrm_deal_id = excluded.amocrm_deal_id
   OR known.given_account_id = excluded.account_id AND known.given_deal_id = excluded.amocrm_deal_id
   OR NOT CAST(:claimed AS boolean) AND known.account_id = excluded.account_id AND EXISTS (
          SELECT FROM amocrm_deals before
          WHERE before.account_id = known.account_id AND before.amocrm_deal_id = known.amocrm_deal_id
            AND (before.deleted OR NOT deal_names_serial(before.custom_fields, CAST(:serialField AS bigint), known.serial_number)))
   OR NOT CAST(:claimed AS boolean) AND (known.client_id IS NULL OR known.client_id = excluded.client_id)
      AND coalesce(model_key(known.model) = model_key(excluded.model), true)
      AND coalesce((SELECT closed_at FROM amocrm_deals
                    WHERE account_id = known.account_id AND amocrm_deal_id = known.amocrm_deal_id), '-infinity')
       <= coalesce((SELECT closed_at FROM amocrm_deals
                    WHERE account_id = excluded.account_id AND amocrm_deal_id = excluded.amocrm_deal_id), '-infinity')
