-- Closed chats of clients and of the supplier's engineers that may be open again, each with this day as the occasion of a look. Deleted
-- accounts do not come back.
SELECT tg_id AS chat, CAST(current_date AS text) AS occasion
FROM telegram_users
WHERE chat_closed AND chat_closed_why IS DISTINCT FROM 'deactivated' AND (client_id IS NOT NULL OR staff)
  AND chat_closed_at > now() - interval '400 days'
ORDER BY tg_id
