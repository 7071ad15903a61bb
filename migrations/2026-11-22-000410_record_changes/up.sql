-- One event for each statement and subject, so that a register of 28 marks is one row of history. Every table has a
-- trigger function of its own, written out column by column: a general one that turns whole rows into JSON and compares
-- them costs a saved register three times as much.

-- What a table's function does, from its columns and their comments. Secret and sensitive values are only said to have
-- changed. A null inside a JSON value is not recorded.
create function history_source(place regclass, subject name) returns text language sql stable
return (
  select format($source$
declare
  outcome constant jsonb := '"changed"';
begin
  if tg_op = 'INSERT' then
    insert into change_events (organization_id, entity, subject_id, operation, changes)
    select organization_id, %1$L, %2$I, 'insert', jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', id%3$s)))
    from new_rows n group by organization_id, %2$I;
  else
    insert into change_events (organization_id, entity, subject_id, operation, changes)
    select organization_id, %1$L, %2$I, 'update', jsonb_agg(changed)
    from (select n.organization_id, n.%2$I, jsonb_strip_nulls(jsonb_build_object('id', n.id%4$s)) as changed
          from new_rows n join old_rows o on o.organization_id = n.organization_id and o.id = n.id offset 0) r
    where changed - 'id' <> '{}' group by organization_id, %2$I;
  end if;
  return null;
end $source$, place::text, subject,
    string_agg(format(case when hidden then E',\n      %1$L, case when n.%1$I is not null then outcome end'
      else E',\n      %1$L, n.%1$I' end, attname), '' order by attnum),
    string_agg(format(E',\n      %1$L, case when o.%1$I is distinct from n.%1$I then '
      || case when hidden then 'outcome' else 'jsonb_build_array(o.%1$I, n.%1$I)' end || ' end', attname), '' order by attnum))
  from (select attname, attnum, coalesce(col_description(place, attnum) ~ '@(secret|sensitive)', false) as hidden
        from pg_attribute where attrelid = place and attnum > 0 and not attisdropped
          and attname <> all (array['id', 'organization_id', 'created_at', 'updated_at', 'created_by_id', 'updated_by_id',
            'import_hash', 'version', subject])) columns);

-- Call it again after every change of a table's columns or their comments; the catalogue's check asks for it.
create procedure keep_history(place regclass, subject name) language plpgsql as $$
declare
  recorder text := 'record_change_of_' || place::text;
begin
  -- A plan that was made for one row and then meets ten thousand must not go through them in nested loops.
  execute format('create or replace function %I() returns trigger language plpgsql set enable_nestloop = off as %L',
    recorder, history_source(place, subject));
  execute format('create or replace trigger history_of_inserts after insert on %s referencing new table as new_rows
    for each statement execute function %I(%L)', place, recorder, subject);
  execute format('create or replace trigger history_of_updates after update on %s referencing old table as old_rows new table as new_rows
    for each statement execute function %I(%L)', place, recorder, subject);
end $$;
