-- Whether the database can store now: draws a number, which a read-only or full database refuses.
SELECT nextval('health_probes')
