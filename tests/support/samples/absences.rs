//! What the routes of absence follow-up and its letters are tried with.

use school::Uuid;

use super::{Filled, Form, Value, form};
use crate::support::school::{School, unique};

#[rustfmt::skip]
pub(super) const PARAMETERS: &[(&str, Value)] = &[
    ("/letter-templates/{id}", |school, _| school.letter_template("en", "About {student}", "Absent {days_absent} days.")),
    ("/letters/{letter}", |school, _| school.letter()),
    ("/students/{id}/interventions/{intervention}", |school, path| school.intervention_of(&path[0])),
];

#[rustfmt::skip]
pub(super) const FORMS: &[(&str, Filled)] = &[
    ("POST /letter-templates", |_, _| letter_template()),
    ("POST /letter-templates/{id}", |school, path| [letter_template(), school.seen("letter_templates", &path[0])].concat()),
    ("POST /letter-templates/{id}/retirement", |_, _| form([])),
    ("POST /letter-templates/{id}/return", |_, _| form([])),
    ("POST /letters", |school, _| {
        let student = school.student_who_gets_mail();
        let template = school.letter_template("en", "About {student}", "Absent {days_absent} days.");
        form([("student[]", &student), ("template", &template), ("look_again_on", "2026-12-07"), ("seen", "")])
    }),
    ("POST /students/{id}/interventions", |school, path| intervention(&school.contact_of(&path[0]))),
    ("POST /students/{id}/interventions/{intervention}", |school, path| {
        [intervention(&school.contact_of(&path[0])), form([("because", "It was the father")]), school.seen("attendance_interventions", &path[1])].concat()
    }),
    ("POST /students/{id}/interventions/{intervention}/withdrawal", |_, _| form([("withdrawn_because", "Another child")])),
];

fn letter_template() -> Form {
    form([
        ("name", &unique("Letter")),
        ("language", "en"),
        ("subject", "About {student}"),
        ("body", "Absent {days_absent} days."),
    ])
}

fn intervention(contact: &str) -> Form {
    form([
        ("kind", "called"),
        ("happened_on", "2026-11-23"),
        ("contact_id", contact),
        ("outcome", "reached"),
        ("look_again_on", "2026-11-30"),
    ])
}

impl School {
    /// An absence ahead of a student of its own.
    pub(super) fn absence_ahead(&self) -> String {
        let (student, id) = (self.student_in(&self.another_class().to_string()), Uuid::new_v4().to_string());
        let statement = format!(
            "insert into planned_absences (organization_id, id, student_id, attendance_code_id, starts_on, ends_on, reason)
             select $1, $2::uuid, '{student}', id, '2026-11-24', '2026-11-24', 'Wedding' from attendance_codes
             where organization_id = $1 and code = 'ill'"
        );
        self.run(&statement, &id);
        id
    }

    /// A letter template in use.
    pub(crate) fn letter_template(&self, language: &str, subject: &str, body: &str) -> String {
        let id = Uuid::new_v4().to_string();
        let statement = format!(
            "insert into letter_templates (organization_id, id, name, language, subject, body)
             values ($1, $2::uuid, '{}', '{language}', '{subject}', '{body}')",
            unique("Letter")
        );
        self.run(&statement, &id);
        id
    }

    /// A student of a class of its own whose mother gets mail.
    fn student_who_gets_mail(&self) -> String {
        let student = self.student_in(&self.another_class().to_string());
        self.contact_of(&student);
        self.run(
            "update guardians set receives_mail = true where organization_id = $1 and student_id = $2::uuid",
            &student,
        );
        student
    }

    /// Something that was done for a student.
    fn intervention_of(&self, student: &str) -> String {
        let id = Uuid::new_v4().to_string();
        let statement = format!(
            "insert into attendance_interventions (organization_id, id, student_id, kind, happened_on, with_name, outcome, note, look_again_on)
             values ($1, $2::uuid, '{student}', 'called', '2026-11-20', 'Ines Aguiar', 'not_reached', 'Rang twice', '2026-11-23')"
        );
        self.run(&statement, &id);
        id
    }

    /// A letter that was written about a student.
    fn letter(&self) -> String {
        let student = self.student_who_gets_mail();
        let (action, template) =
            (self.intervention_of(&student), self.letter_template("en", "About {student}", "Absent."));
        let id = Uuid::new_v4().to_string();
        let statement = format!(
            "insert into letters (organization_id, id, batch_id, student_id, contact_id, attendance_intervention_id,
               letter_template_id, written_on, addressee, address, language, subject, body)
             select $1, $2::uuid, $2::uuid, student_id, contact_id, '{action}', '{template}', '2026-11-20', 'Ines Aguiar',
               '12 Quay Street', 'en', 'About Ines', 'Absent.' from guardians where student_id = '{student}'"
        );
        self.run(&statement, &id);
        id
    }

    /// Calls the roll in the morning and in the afternoon since the year began.
    pub(crate) fn calls_the_roll_twice(&self) {
        let statement = "insert into campus_attendance_config (organization_id, id, campus_id, applies_from, basis, due_time, late_after)
             select $1, gen_random_uuid(), id, date '2026-09-01', $2::attendance_basis, '09:00', '08:30' from campuses where organization_id = $1";
        self.run(statement, "am_pm");
    }

    /// Days of school up to Friday 20 November, oldest first: `p` attended, `h` half of it, `a` missed.
    pub(crate) fn has_days(&self, student: Uuid, days: &str) {
        let statement = format!(
            "insert into attendance_days (organization_id, id, student_id, campus_id, day, possible, attended, excused, derived_from)
             select $1, gen_random_uuid(), '{student}', '{}', day, 1,
               case substr($2, length($2) - back::int + 1, 1) when 'a' then 0 when 'h' then 0.5 else 1 end, 0, 'day'
             from (select day::date, row_number() over (order by day desc) as back
                   from generate_series(date '2026-09-01', date '2026-11-20', interval '1 day') day
                   where extract(isodow from day) < 6) days
             where back <= length($2)",
            self.campus
        );
        self.run(&statement, days);
    }
}

/// A guardian who gets mail about a student, and speaks a language; answers the contact.
pub(crate) fn gets_mail(school: &School, student: Uuid, name: &str, language: &str) -> Uuid {
    let contact = Uuid::new_v4();
    let made = format!(
        "with known as (insert into contacts (organization_id, id, full_name, address, language)
           values ($1, '{contact}', $2, '12 Quay Street', '{language}'))
         insert into guardians (organization_id, id, student_id, contact_id, relationship, receives_mail)
           values ($1, gen_random_uuid(), '{student}', '{contact}', 'guardian', true)"
    );
    school.run(&made, name);
    contact
}
