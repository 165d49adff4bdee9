-- What a won deal says about its owner, and nobody of the CRM is known to have written: 'telegram <id>', 'serial <number>',
-- 'inn <number>'. Null where nobody has asked: the deal was not won yet, or an earlier version has stored it.
ALTER TABLE amocrm_deals ADD COLUMN claimed_values text[];

-- What leads have said of a contact is looked up with each of its won deals.
CREATE INDEX leads_amo_contact ON leads (amo_contact_id) WHERE amo_contact_id IS NOT NULL;

-- As before (V13), but for one thing: an e-mail that the contact which stayed has in common with the one that is gone proves a merge
-- only where that one bore no phone. A merge puts the phones of the loser beside those of the winner; a contact that is thrown away
-- for another one, since a stranger's form had told somebody else's address, leaves its phone nowhere.
CREATE OR REPLACE FUNCTION proved_one(of_account bigint, deals text[], contacts bigint[], inn_deals text[], inns text[], inn_field bigint)
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
      AND CASE WHEN cardinality(gone.phones) > 0 THEN gone.phones && heir.phones ELSE lowered(gone.emails) && lowered(heir.emails) END
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

-- As before (V13); a person who belongs to a client of another account brings no deal of this one there. The Telegram id and the INN are
-- to be given only where the deal is won and a user of the CRM has written them.
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
        -- another account's client is none of this one's business
        SELECT id INTO found_client FROM clients WHERE id = found_client AND account_id = of_account;
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
