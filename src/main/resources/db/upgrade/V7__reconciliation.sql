-- How the relay knows that it missed something, and how far it has looked for it.

-- One row an account: when some node was last up, and how the webhook subscription was when it was last looked at.
CREATE TABLE account_watch (
    account      text PRIMARY KEY,                       -- the configured name
    alive_at     timestamptz NOT NULL DEFAULT now(),     -- the relay was up and could store
    hook_state   text CHECK (hook_state IN ('ok', 'disabled', 'missing')), -- null = not looked at yet
    hook_ok_at   timestamptz,                            -- when the subscription was last seen switched on
    hook_seen_at timestamptz,                            -- when it was last looked at
    hook_changed bigint                                  -- amoCRM's updated_at of it then: saved anew since, it may have been off
);

-- One row a reconciliation: a stretch of time that is looked through for what no webhook told.
CREATE TABLE reconciliations (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account        text        NOT NULL,                 -- the configured name
    cause          text        NOT NULL CHECK (cause IN ('downtime', 'hooks-off', 'demand')),
    from_at        timestamptz NOT NULL,
    to_at          timestamptz NOT NULL,
    step           text        NOT NULL DEFAULT 'changes' CHECK (step IN ('changes', 'deals', 'contacts', 'done')),
    reached        timestamptz NOT NULL,                 -- this step has read everything before
    page           int         NOT NULL DEFAULT 1,       -- next page from there on
    pages          int         NOT NULL DEFAULT 0,       -- read so far, in all steps
    found_changes  int         NOT NULL DEFAULT 0,       -- stage changes, deletions and restorations that nothing had told
    found_deals    int         NOT NULL DEFAULT 0,
    found_contacts int         NOT NULL DEFAULT 0,
    remark         text,                                 -- what could not be looked at, a Russian sentence
    started_at     timestamptz NOT NULL DEFAULT now(),
    finished_at    timestamptz
);
CREATE INDEX reconciliations_account ON reconciliations (account, id);

-- Which of two reads from the CRM began later: clocks of nodes differ and are set back, this only grows.
CREATE SEQUENCE crm_reads;
ALTER TABLE amocrm_deals ADD COLUMN read_no bigint NOT NULL DEFAULT 0;    -- of the read that this row shows, or that showed it gone
ALTER TABLE amocrm_contacts ADD COLUMN read_no bigint NOT NULL DEFAULT 0;

-- The client of a deal: as in V4, but a contact that is gone still leads from its phone to its client where no other
-- does. When two contacts are merged the loser is deleted and its phones move to the winner, who is the same person.
CREATE OR REPLACE FUNCTION client_of(of_account bigint, telegram bigint, contacts bigint[], phones_told text[], emails_told text[],
                          inn_told text, company bigint, name_told text) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    found_client uuid;
BEGIN
    IF telegram IS NULL AND cardinality(contacts) = 0 AND inn_told IS NULL AND company IS NULL THEN
        RETURN NULL;
    END IF;
    IF telegram IS NOT NULL THEN
        INSERT INTO telegram_users AS person (tg_id) VALUES (telegram)
        ON CONFLICT (tg_id) DO UPDATE SET tg_id = person.tg_id
        RETURNING client_id INTO found_client;
    END IF;
    IF found_client IS NULL THEN
        SELECT client_id INTO found_client FROM amocrm_contacts
        WHERE account_id = of_account AND contact_id = ANY (contacts) AND client_id IS NOT NULL
        ORDER BY array_position(contacts, contact_id) LIMIT 1;
    END IF;
    IF found_client IS NULL AND cardinality(phones_told) > 0 THEN
        SELECT client_id INTO found_client FROM amocrm_contacts
        WHERE account_id = of_account AND phones && phones_told AND client_id IS NOT NULL
        ORDER BY deleted, contact_id LIMIT 1;
    END IF;
    IF found_client IS NULL AND inn_told IS NOT NULL THEN
        SELECT id INTO found_client FROM clients WHERE account_id = of_account AND inn = inn_told;
    END IF;

    IF found_client IS NULL AND telegram IS NULL AND cardinality(contacts) = 0 AND company IS NOT NULL THEN
        -- nothing else would lead the deal's next change to the same client
        PERFORM pg_advisory_xact_lock(hashtextextended('client of company ' || company, of_account));
        SELECT id INTO found_client FROM clients WHERE account_id = of_account AND amocrm_company_id = company
        ORDER BY created_at, id LIMIT 1;
    END IF;

    IF found_client IS NULL THEN
        INSERT INTO clients (name, inn, account_id, amocrm_company_id, contact_info)
        VALUES (name_told, inn_told, of_account, company,
                jsonb_build_object('phones', to_jsonb(phones_told), 'emails', to_jsonb(emails_told)))
        ON CONFLICT (account_id, inn) WHERE inn IS NOT NULL DO UPDATE SET updated_at = now()
        RETURNING id INTO found_client;
    ELSE
        -- phones and e-mails are collected; INN and company are kept as first told, and an INN that another
        -- client already bears stays with that one
        UPDATE clients AS client SET
            contact_info = client.contact_info || jsonb_build_object(
                'phones', (SELECT coalesce(jsonb_agg(DISTINCT phone ORDER BY phone), '[]')
                           FROM (SELECT jsonb_array_elements_text(coalesce(client.contact_info -> 'phones', '[]'))
                                 UNION SELECT unnest(phones_told)) AS every(phone)),
                'emails', (SELECT coalesce(jsonb_agg(DISTINCT email ORDER BY email), '[]')
                           FROM (SELECT jsonb_array_elements_text(coalesce(client.contact_info -> 'emails', '[]'))
                                 UNION SELECT unnest(emails_told)) AS every(email))),
            inn = CASE WHEN client.inn IS NULL AND NOT EXISTS (SELECT FROM clients other
                            WHERE other.account_id = of_account AND other.inn = inn_told)
                       THEN inn_told ELSE client.inn END,
            amocrm_company_id = coalesce(client.amocrm_company_id, company),
            updated_at = now()
        WHERE client.id = found_client
          AND (NOT coalesce(client.contact_info -> 'phones', '[]') @> to_jsonb(phones_told)
               OR NOT coalesce(client.contact_info -> 'emails', '[]') @> to_jsonb(emails_told)
               OR client.inn IS NULL AND inn_told IS NOT NULL
               OR client.amocrm_company_id IS NULL AND company IS NOT NULL);
    END IF;
    UPDATE amocrm_contacts SET client_id = found_client
    WHERE account_id = of_account AND contact_id = ANY (contacts) AND client_id IS NULL;
    UPDATE telegram_users SET client_id = found_client WHERE tg_id = telegram AND client_id IS NULL;
    RETURN found_client;
END
$$;
