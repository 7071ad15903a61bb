create table letter_templates (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  name varchar(80) not null, language varchar(20) not null, subject varchar(150) not null,
  body text not null check (char_length(body) between 1 and 4000), retired_on date
);
comment on column letter_templates.language is 'BCP 47 tag; of the templates of one name each guardian gets the one in their language';
comment on column letter_templates.body is 'With placeholders in braces, such as {student}';
call make_tenant_table('letter_templates');
create unique index letter_templates_name on letter_templates (organization_id, name, language) where retired_on is null;

create table letters (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  batch_id uuid not null, student_id uuid not null, contact_id uuid not null,
  attendance_intervention_id uuid not null, letter_template_id uuid not null, written_on date not null,
  addressee varchar(200) not null, address varchar(300), language varchar(20) not null,
  subject varchar(600) not null, body text not null check (char_length(body) <= 40000),
  foreign key (organization_id, student_id) references students (organization_id, id),
  foreign key (organization_id, contact_id) references contacts (organization_id, id),
  foreign key (organization_id, attendance_intervention_id) references attendance_interventions (organization_id, id),
  foreign key (organization_id, letter_template_id) references letter_templates (organization_id, id)
);
comment on table letters is 'A letter as it was written, to one guardian about one student';
comment on column letters.batch_id is 'The same for letters that were written together; they are printed together';
comment on column letters.addressee is 'The guardian''s name as it was then';
call make_tenant_table('letters', 'student_id');
create index letters_of_a_batch on letters (organization_id, batch_id);
