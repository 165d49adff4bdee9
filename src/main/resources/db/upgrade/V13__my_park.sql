-- What the Mini App shows and knows: documents of a machine, phones that Telegram has vouched for, and clients that turn
-- out to be one.

ALTER TABLE machine_instances ADD COLUMN documents jsonb NOT NULL DEFAULT '[]';  -- of {title, url}

-- Only a phone that Telegram has signed proves anything; one that came otherwise has no time here.
ALTER TABLE telegram_users ADD COLUMN phone_shared_at timestamptz;

CREATE INDEX IF NOT EXISTS conversations_client ON conversations (client_id);

-- As before (V7); a person whom a sale links to a client is marked so.
CREATE OR REPLACE FUNCTION client_of(of_account bigint, telegram bigint, contacts bigint[], phones_told text[], emails_told text[],
                          inn_told text, company bigint, name_told text) RETURNS uuid
LANGUAGE plpgsql SET enable_seqscan = off AS $$
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
    UPDATE telegram_users SET client_id = found_client, linked_by = 'sale', linked_at = now(), is_verified = true
    WHERE tg_id = telegram AND client_id IS NULL;
    RETURN found_client;
END
$$;

-- Who has ever stood in a deal. When contacts are merged, the loser is gone from its deals and from the CRM without a word
-- about the winner: this remembers whose place the winner has taken.
CREATE TABLE deal_contacts (
    account_id     bigint NOT NULL,
    amocrm_deal_id text   NOT NULL,
    contact_id     bigint NOT NULL,
    PRIMARY KEY (account_id, amocrm_deal_id, contact_id)
);
CREATE INDEX deal_contacts_contact ON deal_contacts (account_id, contact_id);
INSERT INTO deal_contacts
SELECT DISTINCT account_id, amocrm_deal_id, CAST(contact ->> 'id' AS bigint)
FROM amocrm_deals, jsonb_array_elements(CASE jsonb_typeof(deal_full_data #> '{_embedded,contacts}')
                                        WHEN 'array' THEN deal_full_data #> '{_embedded,contacts}' ELSE '[]' END) AS contact
WHERE contact ->> 'id' IS NOT NULL;

-- Clients that are proved to be one. Two proofs count:
--   contacts  two contacts were merged in the CRM: one is gone, in a deal of which the other stands now, with a phone or an
--             e-mail of the one that is gone. The one that stayed has the client that stays.
--   inn       a won deal of a client without an INN tells the INN of another client of the account, and no deal of the client
--             tells another one (who buys for several companies is none of them).
-- A name, a company's name, or a contact that was merely deleted proves nothing.
-- To be asked after contacts (deals and contacts) or deals (deals; of the won ones that tell an INN inn_deals and inns; inn_field is
-- the field that tells it) were stored. Without whole scans, as in V9: it is asked with every batch.
CREATE FUNCTION proved_one(of_account bigint, deals text[], contacts bigint[], inn_deals text[], inns text[], inn_field bigint)
RETURNS TABLE (loser uuid, winner uuid, proof text)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    WITH touched AS (
        SELECT unnest(deals) AS deal
        UNION
        SELECT amocrm_deal_id FROM deal_contacts WHERE account_id = of_account AND contact_id = ANY (contacts)
    )
    SELECT gone.client_id AS loser, heir.client_id AS winner, 'contacts' AS proof
    FROM touched
    JOIN deal_contacts past ON past.account_id = of_account AND past.amocrm_deal_id = touched.deal
    JOIN amocrm_contacts gone ON gone.account_id = of_account AND gone.contact_id = past.contact_id AND gone.deleted
    JOIN amocrm_deals deal ON deal.account_id = of_account AND deal.amocrm_deal_id = touched.deal AND NOT deal.deleted
    JOIN deal_contacts there ON there.account_id = of_account AND there.amocrm_deal_id = touched.deal
         AND deal.deal_full_data #> '{_embedded,contacts}' @> jsonb_build_array(jsonb_build_object('id', there.contact_id))
         AND NOT deal.deal_full_data #> '{_embedded,contacts}' @> jsonb_build_array(jsonb_build_object('id', gone.contact_id))
    JOIN amocrm_contacts heir ON heir.account_id = of_account AND heir.contact_id = there.contact_id AND NOT heir.deleted
    WHERE gone.client_id <> heir.client_id
      AND (gone.phones && heir.phones OR lowered(gone.emails) && lowered(heir.emails))
    UNION
    SELECT buyer.id, holder.id, 'inn'
    FROM unnest(inn_deals, inns) AS told(deal, inn)
    JOIN amocrm_deals deal ON deal.account_id = of_account AND deal.amocrm_deal_id = told.deal
    JOIN clients buyer ON buyer.id = deal.client_id AND buyer.account_id = of_account AND buyer.inn IS NULL
    JOIN clients holder ON holder.account_id = of_account AND holder.inn = told.inn AND holder.id <> buyer.id
    WHERE NOT EXISTS (
        SELECT FROM amocrm_deals other, jsonb_array_elements(other.custom_fields) AS field
        WHERE other.client_id = buyer.id AND field ->> 'field_id' = CAST(inn_field AS text)
          AND field #>> '{values,0,value}' <> told.inn)
    ORDER BY 1, 2
$$;

-- Clients that were found to be one.
CREATE TABLE client_merges (
    loser     uuid        PRIMARY KEY,                   -- is no more
    winner    uuid        NOT NULL,
    proof     text        NOT NULL,                      -- contacts or inn
    merged_at timestamptz NOT NULL DEFAULT now()
);

-- Makes two clients one: whatever refers to the loser, in whichever table, refers to the winner afterwards. INN, company,
-- phones and e-mails that the winner lacks come from the loser. False where one of them is no more.
CREATE FUNCTION merge_clients(loser_id uuid, winner_id uuid, proof text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    loser    clients;
    referrer record;
BEGIN
    PERFORM FROM clients WHERE id IN (loser_id, winner_id) ORDER BY id FOR UPDATE;
    SELECT * INTO loser FROM clients WHERE id = loser_id;
    IF loser.id IS NULL OR loser_id = winner_id OR NOT EXISTS (SELECT FROM clients WHERE id = winner_id) THEN
        RETURN false;
    END IF;
    FOR referrer IN
        SELECT CAST(conrelid AS regclass) AS from_table, attname AS from_column
        FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
        WHERE contype = 'f' AND confrelid = CAST('clients' AS regclass) AND cardinality(conkey) = 1
        ORDER BY 1, 2
    LOOP
        EXECUTE format('UPDATE %s SET %I = $1 WHERE %I = $2', referrer.from_table, referrer.from_column, referrer.from_column)
        USING winner_id, loser_id;
    END LOOP;
    DELETE FROM clients WHERE id = loser_id;
    UPDATE clients AS winner SET
        inn = coalesce(winner.inn, loser.inn),
        amocrm_company_id = coalesce(winner.amocrm_company_id, loser.amocrm_company_id),
        contact_info = loser.contact_info || winner.contact_info || jsonb_build_object(
            'phones', (SELECT coalesce(jsonb_agg(DISTINCT phone ORDER BY phone), '[]')
                       FROM jsonb_array_elements_text(coalesce(winner.contact_info -> 'phones', '[]')
                                                      || coalesce(loser.contact_info -> 'phones', '[]')) AS phone),
            'emails', (SELECT coalesce(jsonb_agg(DISTINCT email ORDER BY email), '[]')
                       FROM jsonb_array_elements_text(coalesce(winner.contact_info -> 'emails', '[]')
                                                      || coalesce(loser.contact_info -> 'emails', '[]')) AS email)),
        updated_at = now()
    WHERE winner.id = winner_id;
    INSERT INTO client_merges (loser, winner, proof) VALUES (loser_id, winner_id, proof);
    RETURN true;
END
$$;
