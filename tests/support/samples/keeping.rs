//! What is given out of the school and what is taken out for good, for the samples.

use school::Uuid;

use super::{Filled, Value, form};
use crate::support::{Administrator, School, database};

#[rustfmt::skip]
pub(super) const PARAMETERS: &[(&str, Value)] = &[
    ("/erasures/{erasure}", |school, _| school.erasure_asked()),
    ("/students/{id}/erasures", |school, _| school.long_gone("Ines", "Aguiar")),
    ("/students/{id}/erasures/new", |school, _| school.long_gone("Ines", "Aguiar")),
];

#[rustfmt::skip]
pub(super) const FORMS: &[(&str, Filled)] = &[
    ("POST /erasures/{erasure}/approval", |_, _| form([("file_given", "yes")])),
    ("POST /erasures/{erasure}/refusal", |_, _| form([("why_not", "The family asks again")])),
    ("POST /retention", |_, _| form([("particulars", "7"), ("attendance", "5"), ("follow_up", "3"), ("family", "1")])),
    ("POST /students/{id}/erasures", |_, _| form([("kind[]", "particulars"), ("ground", "retention"), ("reason", "Left ten years ago")])),
    ("POST /students/{id}/files", |school, path| form([("contact_id", &school.contact_of(&path[0])), ("ground", "parent"), ("purpose", "Request of 20 November")])),
];

impl School {
    /// A student who left so long ago that nothing of them need be kept.
    pub(crate) fn long_gone(&self, first_name: &str, last_name: &str) -> String {
        let student = self.enroll(first_name, last_name).to_string();
        let left = format!(
            "update school_enrollments set enters_on = date '2012-09-03', leaves_on = date '2016-07-29' where student_id = '{student}';
             update students set status = 'withdrawn', enrollment_date = date '2012-09-03' where id = '{student}'"
        );
        database::run(&mut database::within(self.organization), &left);
        student
    }

    /// An erasure that somebody asked for who cannot sign in any more.
    fn erasure_asked(&self) -> String {
        let (student, email, id) =
            (self.long_gone("Ines", "Aguiar"), self.employ(Administrator), Uuid::new_v4());
        let asked = format!(
            "select set_config('app.user_id', (select id::text from users where email = '{email}'), false);
             insert into erasures (organization_id, id, student_id, kinds, ground, reason, asked_by_id, asked_at)
             select organization_id, '{id}', '{student}', enum_range(null::record_kind), 'retention', 'Left ten years ago', id, now() from users where email = '{email}'"
        );
        database::run(&mut database::within(self.organization), &asked);
        id.to_string()
    }
}
