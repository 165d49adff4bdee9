-- What a lead says of its person and the contact that it was linked to did not have then: {name?, phone?, email?}. Null where
-- nothing, or no contact is linked yet. Written with amo_contact_id, so that the note about it is the same for every attempt.
ALTER TABLE leads ADD COLUMN contact_gaps jsonb;

-- Taxpayers' and other numbers in the phone field of a contact are no phones: what an earlier reading made of them would link
-- strangers. The next read of such a contact fills its phones again.
UPDATE amocrm_contacts SET phones = '{}'
WHERE phones <> '{}'
  AND jsonb_path_exists(full_data, '$.custom_fields_values[*] ? (@.field_code == "PHONE").values[*].value
      ? (@ like_regex "инн|ИНН|огрн|ОГРН|кпп|КПП|бик|БИК|снилс|СНИЛС|[сС]ч[её]т|[зЗ]аказ|[дД]оговор|[пП]аспорт|inn|order|account" flag "i")');
