-- Who stores deals takes turns with whoever stores other deals of the same people: two deals of one phone with different
-- new contacts, stored at once, would else make two clients (see client_of). To be called first in the transaction, with
-- the people of all its deals: every lock is taken in one fixed order, so that no two transactions wait for each other.
--   telegrams, contacts, phones_told, inns, companies: of all deals together, in any order, repeated or not
CREATE FUNCTION lock_people(of_account bigint, telegrams bigint[], contacts bigint[], phones_told text[], inns text[],
                            companies bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    ticket int;
BEGIN
    FOR ticket IN
        SELECT DISTINCT hashtext(person) FROM (
            SELECT 'telegram ' || told FROM unnest(telegrams) AS told     -- people of Telegram are nobody's account's
            UNION ALL SELECT of_account || ' phone ' || told FROM unnest(phones_told) AS told
            UNION ALL SELECT of_account || ' inn ' || told FROM unnest(inns) AS told
            UNION ALL SELECT of_account || ' company ' || told FROM unnest(companies) AS told) AS every(person)
        WHERE person IS NOT NULL ORDER BY 1
    LOOP
        PERFORM pg_advisory_xact_lock(hashtext('lock_people'), ticket);
    END LOOP;
    -- the rows that client_of will change, each kind in the order of its ids: others, who know no tickets, change them too
    PERFORM FROM amocrm_contacts WHERE account_id = of_account AND contact_id = ANY (contacts)
    ORDER BY contact_id FOR NO KEY UPDATE;
    PERFORM FROM clients WHERE id IN (
        SELECT client_id FROM amocrm_contacts WHERE account_id = of_account AND contact_id = ANY (contacts)
        UNION SELECT client_id FROM amocrm_contacts WHERE account_id = of_account AND phones && phones_told
        UNION SELECT client_id FROM telegram_users WHERE tg_id = ANY (telegrams)
        UNION SELECT id FROM clients WHERE account_id = of_account AND inn = ANY (inns))
    ORDER BY id FOR NO KEY UPDATE;
END
$$;

-- The newest call to the account when its last trouble was told: only a call made after it says that the trouble is over.
ALTER TABLE amocrm_accounts ADD COLUMN troubled_call bigint NOT NULL DEFAULT 0;
