-- A GIN index gathers new entries in a list that every search reads through; each deal that is stored searches by phone.
ALTER INDEX amocrm_contacts_phones SET (fastupdate = off);
ALTER INDEX amocrm_contacts_emails SET (fastupdate = off);

-- Plans are kept for as long as a connection lives. One that was made while the tables were small reads them whole for ever.
ALTER FUNCTION client_of(bigint, bigint, bigint[], text[], text[], text, bigint, text) SET enable_seqscan = off;
ALTER FUNCTION lock_people(bigint, bigint[], bigint[], text[], text[], bigint[]) SET enable_seqscan = off;
