//! Days of a school's calendar, for the samples: each lies where nobody else of the school put one.

use school::Uuid;

use super::{database, samples::Form, school::School};

impl School {
    /// A day of school after the winter that nothing stands on yet.
    pub(super) fn school_day(&self) -> String {
        self.line(
            "select d::date::text as line from generate_series(date '2027-01-04', date '2027-07-30', interval '1 day') as d
             where extract(isodow from d) < 6 and not exists (select from calendar_days where day = d)
               and not exists (select from terms where start_date = d) order by d limit 1",
        )
    }

    /// A holiday at its campus.
    pub(super) fn holiday(&self) -> String {
        self.day_that_differs("holiday", "null")
    }

    /// A closure of its campus.
    pub(super) fn closure(&self) -> String {
        let id = Uuid::new_v4();
        self.do_within(&format!(
            "insert into closures (organization_id, id, day) select organization_id, '{id}', '{}' from classes where id = '{}'",
            self.school_day(),
            self.class
        ));
        self.day_that_differs("closure", &format!("'{id}'"));
        id.to_string()
    }

    fn day_that_differs(&self, kind: &str, closure: &str) -> String {
        let id = Uuid::new_v4();
        self.do_within(&format!(
            "insert into calendar_days (organization_id, id, campus_id, day, kind, closure_id)
             select organization_id, '{id}', campus_id, '{}', '{kind}', {closure} from classes where id = '{}'",
            self.school_day(),
            self.class
        ));
        id.to_string()
    }

    /// What a form says of the year after the last.
    pub(super) fn next_year(&self) -> Form {
        let day = |days: &str| {
            self.line(&format!("select (max(end_date) + {days})::text as line from academic_years"))
        };
        let fields =
            [("name", "Next"), ("start_date", &*day("1")), ("end_date", &*day("30")), ("weekdays[]", "1")];
        fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
    }

    /// A year with nothing in it, after all others.
    pub(super) fn empty_year(&self) -> String {
        let id = Uuid::new_v4();
        self.do_within(&format!(
            "insert into academic_years (organization_id, id, name, start_date, end_date)
             select '{}', '{id}', 'By mistake', max(end_date) + 1, max(end_date) + 30 from academic_years",
            self.organization
        ));
        id.to_string()
    }

    /// A term of one day in a year.
    pub(super) fn term_of(&self, year: &str) -> String {
        let (id, day) = (Uuid::new_v4(), self.school_day());
        self.do_within(&format!(
            "insert into terms (organization_id, id, academic_year_id, name, kind, start_date, end_date)
             select organization_id, '{id}', id, 'Term', 'term', '{day}', '{day}' from academic_years where id = '{year}'"
        ));
        id.to_string()
    }

    /// What a form says of a term as it stands.
    pub(super) fn as_it_stands(&self, term: &str) -> Form {
        let day = self.line(&format!("select start_date::text as line from terms where id = '{term}'"));
        let fields = [("name", "Term 1"), ("kind", "term"), ("start_date", &*day), ("end_date", &*day)];
        fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
    }

    /// What a query of one row and the column `line` answers inside this school.
    pub(crate) fn line(&self, query: &str) -> String {
        database::lines(&mut database::within(self.organization), query).remove(0)
    }

    fn do_within(&self, statement: &str) {
        database::run(&mut database::within(self.organization), statement);
    }
}
