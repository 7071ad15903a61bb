-- A student's complete file, given out of the school: to whom, on what ground and what for.
alter type access_action add value if not exists 'disclose';
create type disclosure_basis as enum ('parent', 'student', 'transfer', 'consent', 'order');

create table disclosures (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  student_id uuid not null, contact_id uuid, recipient_name varchar(200) not null, ground disclosure_basis not null,
  purpose varchar(300) not null, given_at timestamptz not null, with_changes boolean not null, with_looks boolean not null,
  sha256 varchar(64) not null check (sha256 ~ '^[0-9a-f]{64}$'), shown integer not null check (shown >= 0),
  foreign key (organization_id, student_id) references students (organization_id, id),
  foreign key (organization_id, contact_id) references contacts (organization_id, id)
);
comment on table disclosures is 'A student''s complete file as it was given out; the file itself is not kept';
comment on column disclosures.contact_id is 'The contact whom it was for; none where it was for somebody else';
comment on column disclosures.recipient_name is 'Whom it was for, as they were called then';
comment on column disclosures.sha256 is 'Of the file, so that it can be told from another';
comment on column disclosures.shown is 'How many rows were in it';
call make_tenant_table('disclosures', 'student_id');
create index disclosures_of_a_student on disclosures (organization_id, student_id, given_at);
-- That it was given out stays said: nobody takes it back or writes it anew.
revoke update on disclosures from belfry_app;
