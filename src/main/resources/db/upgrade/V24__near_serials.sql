-- What serial numbers have in common that are written differently: case, spaces, dashes, and Latin letters that look like Russian ones.
-- It finds what to ask the manager about; no machine is told by it.
CREATE FUNCTION serial_key(serial text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(nullif(translate(lower(translate(serial, E' \t\n\r\u00a0\u2007\u202f-\u2010\u2011\u2012\u2013\u2014\u2015\u2212', '')),
                                     'АВЕКМНОРСТУХавекмнорстухБГДЁЖЗИЙЛПФЦЧШЩЪЫЬЭЮЯ',
                                     'abekmhopctyxabekmhopctyxбгдёжзийлпфцчшщъыьэюя'), ''), serial)
$$;
CREATE INDEX machine_instances_serial_key ON machine_instances (serial_key(serial_number));

-- The deal that the admin has given a machine to: it takes the machine over, whoever it stands with.
ALTER TABLE machine_instances
    ADD COLUMN given_account_id bigint,
    ADD COLUMN given_deal_id    text;
