-- Stores a deal as the CRM has it now, with its client (see client_of in the migrations). Older data never overwrites newer:
-- amoCRM's updated_at decides, within one second of it the later read. A deal that was seen to be gone comes back only by a
-- read that began after that.
-- The conversation is the newest one that names the deal; its notes are those that were read back.
INSERT INTO amocrm_deals AS known
       (client_id, conversation_id, account_id, amocrm_deal_id, pipeline_id, status_id, status_label, price,
        created_at, closed_at, updated_at, custom_fields, deal_full_data, contact_custom_fields, notes_count, claimed_values, read_at, read_no)
VALUES (client_of(:account, :telegram, CAST(:contacts AS bigint[]), CAST(:phones AS text[]), CAST(:emails AS text[]),
                  :inn, :company, :name),
        (SELECT id FROM conversations WHERE account_id = :account AND amocrm_deal_id = :deal
         ORDER BY updated_at DESC LIMIT 1),
        :account, :deal, :pipeline, :status, :label, :price,
        :createdAt, :closedAt, :updatedAt, :fields::jsonb, :full::jsonb, :contactFields::jsonb,
        (SELECT count(*) FROM crm_notes note
         WHERE note.account_id = :account AND note.amocrm_deal_id = :deal AND note.read_back_at IS NOT NULL),
        CAST(:claims AS text[]), :readAt, :readNo)
ON CONFLICT (account_id, amocrm_deal_id) DO UPDATE SET
    client_id             = coalesce(excluded.client_id, known.client_id),
    conversation_id       = coalesce(excluded.conversation_id, known.conversation_id),
    stage_before          = CASE WHEN known.status_id IS NOT DISTINCT FROM excluded.status_id THEN known.stage_before ELSE known.status_id END,
    stage_changes         = known.stage_changes + CASE WHEN known.status_id IS NOT DISTINCT FROM excluded.status_id THEN 0 ELSE 1 END,
    pipeline_id           = excluded.pipeline_id,
    status_id             = excluded.status_id,
    status_label          = coalesce(excluded.status_label, known.status_label),
    price                 = excluded.price,
    created_at            = excluded.created_at,
    closed_at             = excluded.closed_at,
    updated_at            = excluded.updated_at,
    custom_fields         = excluded.custom_fields,
    deal_full_data        = excluded.deal_full_data,
    contact_custom_fields = excluded.contact_custom_fields,
    notes_count           = greatest(excluded.notes_count, known.notes_count),
    claimed_values        = coalesce(excluded.claimed_values, known.claimed_values),
    read_at               = CASE WHEN excluded.read_no > known.read_no THEN excluded.read_at ELSE known.read_at END,
    read_no               = greatest(excluded.read_no, known.read_no),
    deleted               = known.deleted AND excluded.read_no < known.read_no,
    synced_at             = now()
WHERE known.updated_at IS NULL OR known.updated_at < excluded.updated_at
   OR known.updated_at = excluded.updated_at AND known.read_no <= excluded.read_no
