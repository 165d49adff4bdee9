-- Leads that owe something which was set aside for a person, the newest first: nothing of the person who wrote, only what is owed and why not.
SELECT lead.id, lead.source, lead.account, lead.created_at, lead.amo_lead_id, owed.id AS effect, owed.kind, owed.last_error, owed.attempts,
       owed.in_doubt AND owed.repeated AS may_have_arrived
FROM outbox AS owed
JOIN leads AS lead ON lead.id = CASE WHEN owed.subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN CAST(owed.subject_id AS uuid) END
WHERE owed.status = 'dead' AND (owed.kind LIKE 'crm.lead%' OR owed.kind = 'mail.lead-copy')
ORDER BY owed.id DESC LIMIT 100
