-- The three roles and the database of Belfry. Run with psql as a superuser, as often as you like.
\set ON_ERROR_STOP on
\set QUIET on
set client_min_messages = warning;

select format('create role %I login', name)
from unnest(array['belfry_owner', 'belfry_app', 'belfry_lobby']) as wanted (name)
where not exists (select from pg_roles where rolname = name) \gexec

-- The owner makes the tables. The app and the lobby only use them and can't step around row-level security.
alter role belfry_owner nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role belfry_app nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
alter role belfry_lobby nosuperuser nocreatedb nocreaterole noreplication nobypassrls;

-- A request that waits longer than this has lost its reader.
alter role belfry_app set statement_timeout = '5s';
alter role belfry_app set lock_timeout = '2s';
alter role belfry_app set idle_in_transaction_session_timeout = '10s';
alter role belfry_lobby set statement_timeout = '5s';
alter role belfry_lobby set lock_timeout = '2s';
alter role belfry_lobby set idle_in_transaction_session_timeout = '10s';

select 'create database belfry owner belfry_owner encoding ''UTF8'' template template0'
where not exists (select from pg_database where datname = 'belfry') \gexec

alter database belfry set timezone = 'UTC';
alter database belfry set jit = off;
-- Disks have no heads to move any more, and a school's rows are in memory.
alter database belfry set random_page_cost = 1.1;
revoke all on database belfry from public;
grant connect on database belfry to belfry_app, belfry_lobby;

\connect belfry
alter schema public owner to belfry_owner;
revoke all on schema public from public;
