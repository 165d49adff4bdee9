-- Claims persons for the leads that are worked on; answers those that are ours now, and when the CRM was asked for them in vain.
-- A claim lasts 30 s at least, and then as long as the lease of its lead is renewed. The 30 s also cover the moment in
-- which this statement does not see a lease that was drawn just now.
WITH wanted AS (
    SELECT * FROM unnest(?::text[], ?::bigint[], ?::bigint[]) AS wanted(person, effect, lease)
), earlier AS (
    SELECT person, nobody_at FROM contact_claims JOIN wanted USING (person)
    WHERE account = ? AND nobody_at > now() - interval '10 minutes'
), ours AS (
    INSERT INTO contact_claims AS known (account, person, effect, lease, claimed_until)
    SELECT ?, person, effect, lease, now() + interval '30 s' FROM wanted ORDER BY person
    ON CONFLICT (account, person) DO UPDATE
    -- from here on a contact may be made: who comes after a worker that died asks the CRM anew
    SET effect = excluded.effect, lease = excluded.lease, claimed_until = excluded.claimed_until, nobody_at = NULL
    WHERE known.claimed_until < now()
      AND NOT EXISTS (SELECT FROM outbox WHERE id = known.effect AND outbox.lease = known.lease AND locked_until > now())
    RETURNING person
)
SELECT person, nobody_at FROM ours LEFT JOIN earlier USING (person)
