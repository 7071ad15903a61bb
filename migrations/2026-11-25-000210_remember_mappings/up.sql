create table import_mappings (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  kind varchar(40) not null, header bytea not null check (length(header) = 32), mapping jsonb not null,
  used_at timestamptz not null
);
comment on table import_mappings is 'What the columns of a plain table were said to be, to be offered again for the same columns';
comment on column import_mappings.header is 'SHA-256 of the columns'' names, whatever their order';
call make_tenant_table('import_mappings');
create unique index import_mappings_header on import_mappings (organization_id, kind, header) where deleted_at is null;
