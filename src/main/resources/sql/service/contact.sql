-- The CRM's contact of a client, in the account that sold it the machine: the one with the phone where there is one, else the first.
SELECT contact.contact_id
FROM amocrm_contacts contact JOIN machine_instances machine ON machine.account_id = contact.account_id
WHERE contact.client_id = ? AND machine.id = ? AND NOT contact.deleted
ORDER BY CAST(? AS text) = ANY (contact.phones) DESC NULLS LAST, contact.contact_id
LIMIT 1
