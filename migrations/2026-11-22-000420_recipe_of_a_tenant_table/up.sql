-- The recipe that every tenant table follows (README.md): audit columns, isolation, grants, plain text, history.
create procedure make_tenant_table(place regclass, subject name default 'id') language plpgsql as $$
declare
  texts text;
begin
  execute format('alter table %s
    add column import_hash bytea, add column created_at timestamptz not null default now(),
    add column updated_at timestamptz not null default now(), add column deleted_at timestamptz,
    add column created_by_id uuid default app_user() references users (id),
    add column updated_by_id uuid references users (id),
    add foreign key (organization_id) references organizations (id)', place);
  execute format('create unique index on %s (organization_id, import_hash) where import_hash is not null', place);
  call isolate(place);
  execute format('grant select, insert, update on %s to belfry_app', place);

  select string_agg(format('%s(%I)', case atttypid when 'text'::regtype then 'is_plain_text' else 'is_plain_line' end, attname),
           ' and ') filter (where atttypid in ('text'::regtype, 'varchar'::regtype))
    into texts
    from pg_attribute where attrelid = place and attnum > 0 and not attisdropped;
  if texts is not null then
    execute format('alter table %s add constraint plain_text check (%s)', place, texts);
  end if;

  execute format('create trigger stamp before update on %s for each row execute function stamp_update()', place);
  call keep_history(place, subject);
end $$;

-- Row-level security, forced: the net under every query that forgets its filter.
create procedure isolate(place regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', place);
  execute format('alter table %s force row level security', place);
  execute format('create policy organization on %s
    using (organization_id = nullif(current_setting(''app.organization_id'', true), '''')::uuid)', place);
end $$;
