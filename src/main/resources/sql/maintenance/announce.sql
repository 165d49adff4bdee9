-- Notes every machine whose maintenance is near, and not yet announced for its date and step, and tells what its client and the manager
-- are to be told, with what the model needs. Days are counted in the account's time zone. Who is told what is the flow's to say.
-- Whoever writes the announcement owes what follows from it, in the same commit: however often and late this runs, and on however many
-- nodes, each machine, date and step is announced once. Of several steps that were missed only the newest is.
-- Nobody is written to at night: outside the hours a message waits for the next morning of the account, send_at in unix seconds.
WITH due AS (
    SELECT machine.id, machine.serial_number, machine.model, calendar.day, calendar.day - calendar.today AS days,
           calendar.sending AT TIME ZONE calendar.zone AS send_at, calendar.day - calendar.sending::date AS days_then,
           (SELECT min(step) FROM unnest(CAST(:steps AS int[])) AS step WHERE step >= calendar.day - calendar.today) AS step,
           deal.amocrm_deal_id AS deal, coalesce(account.name, 'default') AS account, client.name AS client,
           coalesce(CAST(nullif(deal.deal_full_data ->> 'responsible_user_id', '0') AS bigint), CASE WHEN deal.id IS NULL
               THEN (SELECT nullif(responsible, 0) FROM unnest(CAST(:accounts AS text[]), CAST(:responsibles AS bigint[]))
                         AS configured(name, responsible)
                     WHERE configured.name = coalesce(account.name, 'default')) END) AS responsible,
           (SELECT tg_id FROM telegram_users person
            WHERE person.client_id = machine.client_id AND NOT person.chat_closed AND NOT person.staff
            ORDER BY person.role = 'director' DESC, person.created_at, person.tg_id LIMIT 1) AS chat
    FROM machine_instances machine
    LEFT JOIN clients client ON client.id = machine.client_id
    LEFT JOIN amocrm_deals deal
           ON deal.account_id = machine.account_id AND deal.amocrm_deal_id = machine.amocrm_deal_id AND NOT deal.deleted
    LEFT JOIN amocrm_accounts account ON account.account_id = machine.account_id
    CROSS JOIN LATERAL (
        SELECT zone, (machine.next_maintenance_date AT TIME ZONE zone)::date AS day, here::date AS today,
               CASE WHEN extract(hour FROM here) < CAST(:first AS int) THEN date_trunc('day', here) + CAST(:first AS int) * interval '1 hour'
                    WHEN extract(hour FROM here) >= CAST(:last AS int) THEN date_trunc('day', here) + (24 + CAST(:first AS int)) * interval '1 hour'
                    ELSE here END AS sending
        FROM (SELECT account_zone(machine.account_id, :usual)) AS told(zone),
             LATERAL (SELECT CAST(:now AS timestamptz) AT TIME ZONE zone) AS clock(here)) AS calendar
    -- a coarse cut first, for the index; the day decides
    WHERE machine.next_maintenance_date < CAST(:now AS timestamptz) + (CAST(:earliest AS int) + 2) * interval '1 day'
      AND calendar.day - calendar.today <= CAST(:earliest AS int)
), announced AS (
    INSERT INTO maintenance_announcements (machine_id, day, step, announced_at)
    SELECT id, day, step, :now FROM due ORDER BY id
    ON CONFLICT DO NOTHING
    RETURNING machine_id, day, step
), news AS (
    SELECT due.* FROM due JOIN announced ON announced.machine_id = due.id
)
SELECT news.id::text AS machine_id, serial_number AS serial, coalesce(model, 'Станок') AS machine, to_char(day, 'YYYY-MM-DD') AS day,
       to_char(day, 'DD.MM.YYYY') AS date, step, days_then AS days, chat, extract(epoch FROM send_at)::bigint AS send_at,
       account, coalesce(deal, serial_number) AS subject,
       jsonb_strip_nulls(jsonb_build_object('task', 'maintenance', 'lead', CAST(deal AS bigint), 'responsible', responsible,
           'day', to_char(day, 'YYYY-MM-DD'), 'model', model, 'serial', serial_number, 'client', client, 'chat', chat IS NOT NULL,
           'parts', coalesce(parts.list, '[]'))) AS task
FROM news
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('name', name, 'article', article, 'quantity', quantity) ORDER BY position)
    FROM model_consumables WHERE model_consumables.model_key = model_key(news.model)) AS parts(list) ON true
ORDER BY news.id
