-- Owes every machine that is due within 30 days, and not yet announced for that date, a message to its client
-- and a task for the deal's manager. The keys hold machine and date: however often and late this runs, and on
-- however many nodes, each date is announced once. Returns the number of effects owed now.
WITH due AS (
    SELECT machine.id, machine.serial_number, machine.model,
           (machine.next_maintenance_date AT TIME ZONE 'Europe/Moscow')::date AS day,
           deal.amocrm_deal_id AS deal, coalesce(account.name, 'default') AS account,
           CAST(nullif(deal.deal_full_data ->> 'responsible_user_id', '0') AS bigint) AS responsible,
           (SELECT tg_id FROM telegram_users person
            WHERE person.client_id = machine.client_id AND NOT person.chat_closed
            ORDER BY person.role = 'director' DESC, person.created_at, person.tg_id LIMIT 1) AS chat
    FROM machine_instances machine
    LEFT JOIN amocrm_deals deal
           ON deal.account_id = machine.account_id AND deal.amocrm_deal_id = machine.amocrm_deal_id AND NOT deal.deleted
    LEFT JOIN amocrm_accounts account ON account.account_id = machine.account_id
    WHERE machine.next_maintenance_date < now() + interval '30 days'
), messages AS (
    INSERT INTO outbox (kind, dedupe_key, subject_id, payload)
    SELECT 'telegram.maintenance-due', 'telegram.maintenance-due:' || id || ':' || day, serial_number,
           jsonb_build_object('chat', chat, 'serial', serial_number,
                              'machine', coalesce(model, 'Станок'),
                              'date', to_char(day, 'DD.MM.YYYY'),
                              'days', greatest(day - (now() AT TIME ZONE 'Europe/Moscow')::date, 0))
    FROM due WHERE chat IS NOT NULL
    ON CONFLICT (dedupe_key) DO NOTHING
    RETURNING 1
), tasks AS (
    INSERT INTO outbox (kind, account, dedupe_key, subject_id, payload)
    SELECT 'crm.task', account, 'crm.task:maintenance:' || id || ':' || day, deal,
           jsonb_strip_nulls(jsonb_build_object('lead', CAST(deal AS bigint), 'responsible', responsible,
               'till', extract(epoch FROM now() + interval '3 days')::bigint,
               'text', 'Допродажа: плановое ТО ' || to_char(day, 'DD.MM.YYYY') || ', ' || coalesce(model, 'станок')
                       || ', серийный номер ' || serial_number || '. Предложите расходные материалы.'
                       || CASE WHEN chat IS NULL THEN ' Чата в Telegram у клиента нет: позвоните.' ELSE '' END))
    FROM due WHERE deal IS NOT NULL
    ON CONFLICT (dedupe_key) DO NOTHING
    RETURNING 1
)
SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM tasks) AS owed
