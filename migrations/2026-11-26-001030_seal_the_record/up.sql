-- What was recorded is sealed an hour later, each seal upon the one before: what anybody changes afterwards, by whatever hand, fits
-- its seal no longer. The last seal stands in the program's log, too, so that nobody puts another chain in the place of this one.
create table record_seals (
  organization_id uuid not null references organizations (id), number integer not null check (number > 0), primary key (organization_id, number),
  after_id uuid not null, until_id uuid not null, events bigint not null, digest bytea not null, chain bytea not null,
  erasure_id uuid, sealed_at timestamptz not null default clock_timestamp()
);
comment on table record_seals is 'Stretches of access_events and change_events by id, and what they add up to';
comment on column record_seals.chain is 'SHA-256 of the seal before and of what this one says';
comment on column record_seals.erasure_id is 'By which erasure the stretch was lawfully changed since it was sealed first';
call isolate('record_seals');
grant select, insert on record_seals to belfry_app;
create trigger append_only before update or delete on record_seals for each row execute function refuse_change();
create trigger never_emptied before truncate on record_seals execute function refuse_change();
-- Events are written in the order of their ids, or nearly: a few bytes for each stretch of the table.
create index access_event_subjects_of_events on access_event_subjects using brin (event_id);

create function record_digest(organization uuid, after uuid, until uuid, out events bigint, out digest bytea)
language sql stable set search_path = public, pg_temp as $$
  select count(*), sha256(coalesce(string_agg(sha256(convert_to(said::text, 'UTF8')), '' order by id, said::text), '')) from (
    select id, jsonb_build_array(id, extract(epoch from at), user_id, entity, subject_id, operation, changes) as said
    from change_events where organization_id = organization and id > after and id <= until
    union all
    select event_id, jsonb_build_array(event_id, student_id)
    from access_event_subjects where organization_id = organization and event_id > after and event_id <= until
    union all
    select id, jsonb_build_array(id, extract(epoch from at), user_id, session_id, ip_address, request_id, page, permission, action, kind,
      data_class, resource_id, shown, visit_id)
    from access_events where organization_id = organization and id > after and id <= until) recorded
$$;
create function chained(before bytea, s record_seals) returns bytea language sql immutable
return sha256(coalesce(before, '') || s.digest || convert_to(concat_ws(' ', s.number, s.after_id, s.until_id, s.events, s.erasure_id), 'UTF8'));

-- Seals one stretch, anew after an erasure or for the first time.
create function seal_stretch(organization uuid, after uuid, until uuid, erasure uuid) returns record_seals
language plpgsql set search_path = public, pg_temp as $$
declare
  last record_seals;
  s record_seals;
begin
  select * into last from record_seals where organization_id = organization order by number desc limit 1;
  s := row(organization, coalesce(last.number, 0) + 1, after, until, null, null, null, erasure, clock_timestamp());
  select d.events, d.digest into s.events, s.digest from record_digest(organization, after, until) d;
  if s.events = 0 and erasure is null then return null; end if;
  s.chain := chained(last.chain, s);
  insert into record_seals select s.*;
  return s;
end $$;
revoke execute on function record_digest(uuid, uuid, uuid), seal_stretch(uuid, uuid, uuid, uuid), chained(bytea, record_seals) from public;
grant execute on function record_digest(uuid, uuid, uuid), seal_stretch(uuid, uuid, uuid, uuid), chained(bytea, record_seals) to belfry_app;
