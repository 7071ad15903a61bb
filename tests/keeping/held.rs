//! Rows that name a student in the tables where the other sentences leave none.

use crate::support::{
    School,
    database::{run, within},
};

/// What the office and teachers wrote of a student over the years, each with these words in it.
pub(super) fn told_of(school: &School, student: &str, contact: &str, words: &str) {
    let organization = school.organization;
    let rows = format!(
        "insert into planned_absences (organization_id, id, student_id, attendance_code_id, starts_on, ends_on, reason)
           select organization_id, gen_random_uuid(), '{student}', id, date '2015-01-05', date '2015-01-06', '{words} travels' from attendance_codes limit 1;
         insert into attendance_movements (organization_id, id, student_id, campus_id, class_id, day, kind, at, contact_id, note)
           select organization_id, gen_random_uuid(), '{student}', campus_id, id, date '2015-01-07', 'departure', time '11:00', '{contact}', '{words} is ill' from classes limit 1;
         insert into attendance_interventions (organization_id, id, student_id, kind, happened_on, contact_id, outcome, note, look_again_on)
           select organization_id, gen_random_uuid(), id, 'called', date '2015-02-02', '{contact}', 'reached', '{words} is ill', date '2015-02-09' from students where id = '{student}';
         insert into letter_templates (organization_id, id, name, language, subject, body)
           select organization_id, gen_random_uuid(), 'Absent', 'en', 'Absent', 'Absent' from students where id = '{student}';
         insert into letters (organization_id, id, batch_id, student_id, contact_id, attendance_intervention_id, letter_template_id, written_on, addressee, language, subject, body)
           select i.organization_id, gen_random_uuid(), gen_random_uuid(), '{student}', '{contact}', i.id, t.id, date '2015-02-02', '{words}', 'en', 'Absent', 'To {words}'
           from attendance_interventions i join letter_templates t using (organization_id) where i.student_id = '{student}';
         insert into user_students (organization_id, id, user_id, student_id, access_level, is_primary, starts_on, reason)
           select organization_id, gen_random_uuid(), id, '{student}', 'view', false, date '2015-01-05', '{words} asked' from users where organization_id = '{organization}' limit 1;
         insert into roll_calls (organization_id, id, campus_id, kind, name, day)
           select organization_id, gen_random_uuid(), id, 'fire', 'Bell at ten', date '2015-03-03' from campuses limit 1;
         insert into roll_call_entries (organization_id, id, roll_call_id, student_id, known)
           select organization_id, gen_random_uuid(), id, '{student}', 'present' from roll_calls;
         insert into headcounts (organization_id, id, roll_call_id, name, begun_at)
           select organization_id, gen_random_uuid(), id, 'In the yard', timestamptz '2015-03-03 10:05Z' from roll_calls;
         insert into headcount_ticks (organization_id, id, headcount_id, student_id, is_there, ticked_at, ticked_by_id)
           select h.organization_id, gen_random_uuid(), h.id, '{student}', true, h.begun_at, u.id from headcounts h, lateral (select id from users where organization_id = '{organization}' limit 1) u;
         insert into import_runs (organization_id, id, kind, file_name, status, started_at)
           select organization_id, gen_random_uuid(), 'oneroster', 'rosters.zip', 'done', now() from students where id = '{student}';
         insert into import_rows (organization_id, id, import_run_id, file, line, field, value, reason)
           select organization_id, gen_random_uuid(), id, 'users.csv', 2, 'sourcedId', '{words}-77', 'There is no such grade.' from import_runs;
         insert into import_rows (organization_id, id, import_run_id, file, line, is_conflict, subject_id, field, value, reason)
           select organization_id, gen_random_uuid(), r.id, 'users.csv', 3, true, told.* from import_runs r, (values
             ('{student}'::uuid, 'phone', '07700 900 321 ({words})', '“07700 900 322” was entered here and is kept.'),
             ('{student}', 'address', '12 Quay', '“Care of {words}, 14 Quay” was entered here and is kept.'),
             ('{contact}', 'phone', '07700 900 323 ({words})', '“07700 900 132” was entered here and is kept.'),
             (gen_random_uuid(), 'name', 'Marta {words}', '“Hall 3” was entered here and is kept.')) as told"
    );
    run(&mut within(school.organization), &rows);
}
