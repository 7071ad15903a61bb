-- Parts of taking a student out for good; only the function that checks whether it may be done calls them.
drop procedure erase_contacts(uuid, uuid[], uuid[], jsonb);
drop procedure erase_person(uuid, uuid, text[], uuid[], jsonb);

-- Contacts whom nothing names any more; the words that tell them from others join those of the student.
create procedure erase_contacts(organization uuid, family uuid[], inout words text[], inout gone uuid[], inout removed jsonb)
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
  words := words || array(select word from contacts c, unnest(array[c.full_name, c.email, c.phone]) as word
      where c.organization_id = organization and c.id = any (alone) and word is not null
    union select external_id from external_ids where organization_id = organization and entity_id = any (alone));
  with lost as (delete from external_ids where organization_id = organization and entity_id = any (gone || alone) returning id)
    select coalesce(array_agg(id), '{}') into ids from lost;
  delete from contacts where organization_id = organization and id = any (alone);
  removed := removed || jsonb_build_object('external_ids', cardinality(ids), 'contacts', cardinality(alone));
  gone := gone || ids || alone;
end $$;

-- The student, and their names in other systems.
create procedure erase_person(organization uuid, student uuid, inout gone uuid[], inout removed jsonb)
language plpgsql set search_path = public, pg_temp as $$
declare
  ids uuid[];
begin
  with lost as (delete from external_ids where organization_id = organization and entity_id = student returning id)
    select coalesce(array_agg(id), '{}') into ids from lost;
  delete from students where organization_id = organization and id = student;
  removed := removed || jsonb_build_object('students', 1, 'external_ids', (removed ->> 'external_ids')::integer + cardinality(ids));
  gone := gone || ids || student;
end $$;

-- What imports noted of records that are gone, or in their words. Of a refused row nobody knows whose it is, so all of them
-- go, and with them the files of imports that have ended, which were kept to mend them.
create procedure erase_notes(organization uuid, words text[], inout gone uuid[], inout removed jsonb)
language plpgsql set search_path = public, pg_temp as $$
declare
  ids uuid[];
begin
  with lost as (delete from import_rows where organization_id = organization
      and (subject_id is null or subject_id = any (gone) or says_one_of(value, words) or says_one_of(reason, words)) returning id)
    select coalesce(array_agg(id), '{}') into ids from lost;
  update import_runs set findings = jsonb_set(findings, '{remarks}', '[]')
    where organization_id = organization and says_one_of(findings ->> 'remarks', words);
  update import_files f set content = null from import_runs r where f.organization_id = organization and f.content is not null
    and r.organization_id = organization and r.id = f.import_run_id and r.status in ('done', 'failed', 'cancelled');
  removed := removed || jsonb_build_object('import_rows', cardinality(ids));
  gone := gone || ids;
end $$;
revoke execute on procedure erase_contacts(uuid, uuid[], text[], uuid[], jsonb), erase_person(uuid, uuid, uuid[], jsonb),
  erase_notes(uuid, text[], uuid[], jsonb) from public;
