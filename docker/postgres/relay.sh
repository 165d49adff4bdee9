#!/bin/sh
# Run once, by the postgres image, when it makes an empty volume: the relay's database, and a user who owns it and nothing else.
# The superuser loses his password: he comes in by the socket inside the container only.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres -v password="$POSTGRES_PASSWORD" <<'SQL'
CREATE ROLE relay LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE relay OWNER relay;
REVOKE ALL ON DATABASE relay FROM PUBLIC;
ALTER ROLE postgres PASSWORD NULL;
SQL
