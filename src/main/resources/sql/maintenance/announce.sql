-- Owes every machine whose maintenance is near, and not yet announced for its date and step, a message to its client, and
-- once a date a task for the manager with what the model needs. Days are counted in the account's time zone.
-- Whoever writes the announcement owes what follows from it: however often and late this runs, and on however many nodes,
-- each machine, date and step is announced once. Of several steps that were missed only the newest is.
-- Nobody is written to at night: outside the hours a message waits for the next morning of the account.
-- Returns the number of effects owed now.
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
), messages AS (
    INSERT INTO outbox (kind, dedupe_key, subject_id, next_attempt_at, payload)
    SELECT 'telegram.maintenance-due', 'telegram.maintenance-due:' || id || ':' || day || ':' || step, serial_number, send_at,
           jsonb_build_object('chat', chat, 'serial', serial_number, 'machine', coalesce(model, 'Станок'), 'day', CAST(day AS text),
                              'date', to_char(day, 'DD.MM.YYYY'), 'days', days_then)
    FROM news WHERE chat IS NOT NULL
    ON CONFLICT (dedupe_key) DO NOTHING
    RETURNING 1
), tasks AS (
    INSERT INTO outbox (kind, account, dedupe_key, subject_id, payload)
    SELECT 'crm.task', account, 'crm.task:maintenance:' || id || ':' || day, coalesce(deal, serial_number),
           jsonb_strip_nulls(jsonb_build_object('task', 'maintenance', 'lead', CAST(deal AS bigint), 'responsible', responsible,
               'day', CAST(day AS text), 'model', model, 'serial', serial_number, 'client', client, 'chat', chat IS NOT NULL,
               'parts', coalesce(parts.list, '[]')))
    FROM news
    LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('name', name, 'article', article, 'quantity', quantity) ORDER BY position)
        FROM model_consumables WHERE model_consumables.model_key = model_key(news.model)) AS parts(list) ON true
    ON CONFLICT (dedupe_key) DO NOTHING
    RETURNING 1
)
SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM tasks) AS owed
