create or replace function refuse_change() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
drop table erasures;
drop function record_change_of_erasures(), keep_erasure();
drop type erasure_state, erasure_basis;
