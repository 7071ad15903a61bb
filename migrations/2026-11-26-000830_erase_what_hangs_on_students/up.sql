-- Parts of taking a student out for good; only the function that checks whether it may be done calls them.

-- The student, contacts who belong to no other child, their names in other systems, and rows of imports that name them.
create procedure erase_family(organization uuid, student uuid, family uuid[], words text[], inout gone uuid[], inout removed jsonb)
language plpgsql set search_path = public, pg_temp as $$
declare
  ids uuid[];
  alone uuid[];
begin
  alone := array(select tie from unnest(family) as tie where not exists (select from guardians where organization_id = organization and contact_id = tie)
    and not exists (select from restrictions where organization_id = organization and contact_id = tie)
    and not exists (select from attendance_movements where organization_id = organization and contact_id = tie)
    and not exists (select from attendance_interventions where organization_id = organization and contact_id = tie)
    and not exists (select from letters where organization_id = organization and contact_id = tie)
    and not exists (select from disclosures where organization_id = organization and contact_id = tie));
  with lost as (delete from external_ids where organization_id = organization and entity_id = any (gone || alone || student) returning id)
    select coalesce(array_agg(id), '{}') into ids from lost;
  removed := removed || jsonb_build_object('external_ids', cardinality(ids));
  gone := gone || ids;
  with lost as (delete from import_rows where organization_id = organization and value = any (words) returning id)
    select coalesce(array_agg(id), '{}') into ids from lost;
  removed := removed || jsonb_build_object('import_rows', cardinality(ids));
  gone := gone || ids;
  delete from contacts where organization_id = organization and id = any (alone);
  delete from students where organization_id = organization and id = student;
  removed := removed || jsonb_build_object('contacts', cardinality(alone), 'students', 1);
  gone := gone || alone || student;
end $$;

-- What history says of rows that are gone: its lines go from events that tell of other children, too.
create procedure erase_values(organization uuid, gone uuid[]) language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.erasing', 'yes', true);
  with lost as (select distinct id::text as id from unnest(gone) as id),
  told as (
    select e.id, coalesce(jsonb_agg(entry order by place) filter (where lost.id is null and subject.id is null), '[]') as kept,
      bool_or(lost.id is not null or subject.id is not null) as touched
    from change_events e cross join jsonb_array_elements(e.changes) with ordinality as one (entry, place)
    left join lost on lost.id = entry ->> 'id' left join lost subject on subject.id = e.subject_id::text
    where e.organization_id = organization group by e.id)
  update change_events e set changes = told.kept from told
    where e.organization_id = organization and e.id = told.id and told.touched;
  perform set_config('app.erasing', '', true);
end $$;
revoke execute on procedure erase_family(uuid, uuid, uuid[], text[], uuid[], jsonb), erase_values(uuid, uuid[]) from public;
