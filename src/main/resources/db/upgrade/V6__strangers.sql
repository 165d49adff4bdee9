-- Who is met by whom: a claim is on a person, a phone or an e-mail, and holds as long as the lease of the lead for whose
-- sake the person is looked for. What the CRM has told is kept with it, so that nobody is searched twice.
TRUNCATE contact_claims;
ALTER TABLE contact_claims RENAME COLUMN phone TO person;    -- E.164, or the e-mail in small letters
ALTER TABLE contact_claims DROP COLUMN claimed_by;
ALTER TABLE contact_claims ADD COLUMN effect bigint NOT NULL;         -- outbox row
ALTER TABLE contact_claims ADD COLUMN lease bigint NOT NULL;          -- number of its claim
ALTER TABLE contact_claims ADD COLUMN nobody_at timestamptz;          -- when the CRM said that it does not know the person

-- E-mails are kept as written and compared in small letters.
CREATE FUNCTION lowered(texts text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(array_agg(lower(one)), '{}') FROM unnest(texts) AS one
$$;
CREATE INDEX amocrm_contacts_emails ON amocrm_contacts USING gin (lowered(emails));
