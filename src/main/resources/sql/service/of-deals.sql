-- The service requests that deals of one account belong to. A deal that nobody has told us of yet, since the answer to its creation
-- is missing, is known by our lead's uuid; a copy of a known one bears the same uuid, and is a deal of its own.
SELECT DISTINCT ON (request.id) request.id, told.deal::bigint AS deal
FROM unnest(?::text[], ?::uuid[]) AS told(deal, marker)
JOIN service_requests request
  ON request.account = ?
 AND (request.amocrm_deal_id = told.deal OR request.amocrm_deal_id IS NULL AND request.lead_id = told.marker)
ORDER BY request.id, told.deal::bigint
