drop procedure erase_notes(uuid, text[], uuid[], jsonb);
drop procedure erase_contacts(uuid, uuid[], text[], uuid[], jsonb);
drop procedure erase_person(uuid, uuid, uuid[], jsonb);

create procedure erase_contacts(organization uuid, family uuid[], inout gone uuid[], inout removed jsonb)
language plpgsql set search_path = public, pg_temp as $$
declare
  alone uuid[];
  ids uuid[];
begin
  alone := array(select tie from unnest(family) as tie where not exists (select from guardians where organization_id = organization and contact_id = tie)
    and not exists (select from restrictions where organization_id = organization and contact_id = tie)
    and not exists (select from attendance_movements where organization_id = organization and contact_id = tie)
    and not exists (select from attendance_interventions where organization_id = organization and contact_id = tie)
    and not exists (select from letters where organization_id = organization and contact_id = tie)
    and not exists (select from disclosures where organization_id = organization and contact_id = tie));
  with lost as (delete from external_ids where organization_id = organization and entity_id = any (gone || alone) returning id)
    select coalesce(array_agg(id), '{}') into ids from lost;
  delete from contacts where organization_id = organization and id = any (alone);
  removed := removed || jsonb_build_object('external_ids', cardinality(ids), 'contacts', cardinality(alone));
  gone := gone || ids || alone;
end $$;

-- The student, their names in other systems, and rows of imports that name them.
create procedure erase_person(organization uuid, student uuid, words text[], inout gone uuid[], inout removed jsonb)
language plpgsql set search_path = public, pg_temp as $$
declare
  ids uuid[];
begin
  with lost as (delete from external_ids where organization_id = organization and entity_id = student returning id)
    select coalesce(array_agg(id), '{}') into ids from lost;
  removed := removed || jsonb_build_object('external_ids', (removed ->> 'external_ids')::integer + cardinality(ids));
  gone := gone || ids;
  with lost as (delete from import_rows where organization_id = organization and value = any (words) returning id)
    select coalesce(array_agg(id), '{}') into ids from lost;
  delete from students where organization_id = organization and id = student;
  removed := removed || jsonb_build_object('import_rows', cardinality(ids), 'students', 1);
  gone := gone || ids || student;
end $$;
revoke execute on procedure erase_contacts(uuid, uuid[], uuid[], jsonb), erase_person(uuid, uuid, text[], uuid[], jsonb) from public;
