-- Contacts of a student who is not erased yet, and their names in other systems: those that nothing else names.
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
revoke execute on procedure erase_contacts(uuid, uuid[], uuid[], jsonb) from public;
