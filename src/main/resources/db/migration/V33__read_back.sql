-- When what a webhook told alone is read back next; infinity = no more: the CRM did not know it, or it is from before. A worker that has
-- taken a row moves it on first, so that its death costs some minutes. Each step may be here already: a take-over of an earlier
-- version's tables that died is begun anew.
ALTER TABLE conversations ADD COLUMN IF NOT EXISTS read_back_due timestamptz NOT NULL DEFAULT 'infinity', ADD COLUMN IF NOT EXISTS read_back_tries integer NOT NULL DEFAULT 0;
ALTER TABLE conversation_messages ADD COLUMN IF NOT EXISTS read_back_due timestamptz NOT NULL DEFAULT 'infinity', ADD COLUMN IF NOT EXISTS read_back_tries integer NOT NULL DEFAULT 0;
ALTER TABLE crm_notes ADD COLUMN IF NOT EXISTS read_back_due timestamptz NOT NULL DEFAULT 'infinity', ADD COLUMN IF NOT EXISTS read_back_tries integer NOT NULL DEFAULT 0;
ALTER TABLE conversations ALTER COLUMN read_back_due SET DEFAULT now();
ALTER TABLE conversation_messages ALTER COLUMN read_back_due SET DEFAULT now();
ALTER TABLE crm_notes ALTER COLUMN read_back_due SET DEFAULT now();

-- of what is there the last week's
UPDATE conversations SET read_back_due = now() WHERE updated_at > now() - interval '7 days';
UPDATE conversation_messages SET read_back_due = now() WHERE sent_at > now() - interval '7 days';
UPDATE crm_notes SET read_back_due = now() WHERE stored_at > now() - interval '7 days';

CREATE INDEX IF NOT EXISTS conversations_read_back ON conversations (read_back_due) WHERE read_back_at IS NULL AND read_back_due < 'infinity';
CREATE INDEX IF NOT EXISTS conversation_messages_read_back ON conversation_messages (read_back_due) WHERE read_back_at IS NULL AND read_back_due < 'infinity';
CREATE INDEX IF NOT EXISTS crm_notes_read_back ON crm_notes (read_back_due) WHERE read_back_at IS NULL AND read_back_due < 'infinity';

-- Who may not log in for now; role and password are kept.
ALTER TABLE people ADD COLUMN IF NOT EXISTS locked_at timestamptz;
