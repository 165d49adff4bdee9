-- How often a deal has changed its stage under our eyes, and where it stood before: "came to stage X" has a number of its own,
-- by which what follows from it is owed once.
ALTER TABLE amocrm_deals ADD COLUMN IF NOT EXISTS stage_changes integer NOT NULL DEFAULT 0, ADD COLUMN IF NOT EXISTS stage_before bigint;
