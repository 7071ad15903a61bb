drop procedure erase_contacts(uuid, uuid[], uuid[], jsonb);
drop procedure erase_person(uuid, uuid, text[], uuid[], jsonb);

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
revoke execute on procedure erase_family(uuid, uuid, uuid[], text[], uuid[], jsonb) from public;
