-- Noted before something is read from the CRM: which of two reads began later.
SELECT nextval('crm_reads') AS number, clock_timestamp() AS at
