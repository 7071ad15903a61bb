do $$
declare
  recorder regprocedure;
begin
  for recorder in select oid from pg_proc where pronamespace = 'public'::regnamespace and proname ~ '^record_change_of_' loop
    execute format('drop function %s', recorder);
  end loop;
end $$;
drop procedure keep_history(regclass, name);
drop function history_source(regclass, name);
