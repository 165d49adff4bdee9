-- A note that was added says no more than where: its text may hold a link that admits whoever reads it. Before the effect is done, so that
-- no note that is done keeps one; an attempt that is cut off between the two finds no text to add again.
UPDATE outbox SET payload = jsonb_build_object('lead', payload -> 'lead') WHERE id = :#${body.id} AND lease = :#${body.lease}
