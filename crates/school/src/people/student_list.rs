//! The list of students: found by any part of a name, narrowed, in order, a page at a time.

use diesel::{dsl::exists, pg::Pg, prelude::*};
use schema::{class_enrollments, classes, grades, school_enrollments, students};
use uuid::Uuid;

use super::student::{Student, visible};
use crate::{
    db::Db,
    error::Result,
    permit::{Grants, Permission, ReadStudents},
    slice::{Listing, Slice},
    words::{ClassKind, StudentStatus},
};

type Query = students::BoxedQuery<'static, Pg>;

/// A student with where they are today.
#[derive(Clone, Debug, Queryable)]
pub struct Listed {
    /// Who.
    pub student: Student,
    /// The grade's name, while they are enrolled.
    pub grade: Option<String>,
    /// The homeroom's name.
    pub homeroom: Option<String>,
}

impl Listed {
    /// What the next page goes on after, in the order of `sort`.
    #[must_use]
    pub fn place(&self, sort: &str) -> String {
        let student = &self.student;
        match sort {
            "number" => student.student_number.clone(),
            _ => format!("{}\t{}", student.last_name, student.first_name),
        }
    }
}

impl Student {
    /// Everyone whom the reader may see: filters `campus`, `grade`, `program` and `status` (empty: enrolled now, `all`,
    /// or a status's word); sorts `name` and `number`.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] when the database is away.
    pub fn listed(listing: &Listing, db: &mut Db<'_, impl Grants<ReadStudents>>) -> Result<Slice<Listed>> {
        Ok(Slice::of(Self::found(listing, Slice::<Listed>::limit(), db)?))
    }

    /// The same, all of them on one list. At most one more than [`crate::slice::FILE`].
    ///
    /// # Errors
    /// As [`Student::listed`].
    pub fn every(listing: &Listing, db: &mut Db<'_, impl Grants<ReadStudents>>) -> Result<Vec<Listed>> {
        Self::found(&Listing { after: None, ..listing.clone() }, Slice::<Listed>::most(), db)
    }

    fn found<P: Permission>(listing: &Listing, limit: i64, db: &mut Db<'_, P>) -> Result<Vec<Listed>> {
        let today = db.today();
        let mut query = narrowed(visible(db), listing);
        if let Some(grade) = id(listing, "grade") {
            query = query.filter(exists(
                school_enrollments::table.filter(runs(today)).filter(school_enrollments::grade_id.eq(grade)),
            ));
        }
        let grade = school_enrollments::table
            .inner_join(
                grades::table.on(grades::organization_id
                    .eq(school_enrollments::organization_id)
                    .and(grades::id.nullable().eq(school_enrollments::grade_id))),
            )
            .filter(runs(today))
            .select(grades::name);
        let homeroom = class_enrollments::table
            .inner_join(
                classes::table.on(classes::organization_id
                    .eq(class_enrollments::organization_id)
                    .and(classes::id.eq(class_enrollments::class_id))),
            )
            .filter(attends(today))
            .filter(classes::kind.eq(ClassKind::Homeroom))
            .select(classes::name);
        Ok(after(query, listing)
            .select((Self::as_select(), grade.single_value(), homeroom.single_value()))
            .limit(limit)
            .load(db.conn())?)
    }
}

/// A chosen filter that is an id; what is none narrows nothing.
fn id(listing: &Listing, name: &str) -> Option<Uuid> {
    Uuid::parse_str(listing.filter(name)?).ok()
}

/// A place of the student in the query around it, running on a day.
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn runs(day: chrono::NaiveDate) -> _ {
    school_enrollments::organization_id
        .eq(students::organization_id)
        .and(school_enrollments::student_id.eq(students::id))
        .and(school_enrollments::deleted_at.is_null())
        .and(school_enrollments::is_main)
        .and(school_enrollments::enters_on.le(day))
        .and(school_enrollments::leaves_on.is_null().or(school_enrollments::leaves_on.ge(day)))
}

/// The same for a class.
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn attends(day: chrono::NaiveDate) -> _ {
    class_enrollments::organization_id
        .eq(students::organization_id)
        .and(class_enrollments::student_id.eq(students::id))
        .and(class_enrollments::deleted_at.is_null())
        .and(class_enrollments::enrolled_on.le(day))
        .and(class_enrollments::ended_on.is_null().or(class_enrollments::ended_on.ge(day)))
}

/// Those whom the typed words and chosen filters mean.
pub(crate) fn narrowed(mut query: Query, listing: &Listing) -> Query {
    for pattern in listing.patterns() {
        query = query.filter(
            students::first_name
                .ilike(pattern.clone())
                .or(students::last_name.ilike(pattern.clone()))
                .or(students::preferred_name
                    .is_not_null()
                    .and(students::preferred_name.assume_not_null().ilike(pattern.clone())))
                .or(students::other_script_name
                    .is_not_null()
                    .and(students::other_script_name.assume_not_null().ilike(pattern.clone())))
                .or(students::student_number.ilike(pattern)),
        );
    }
    if let Some(campus) = id(listing, "campus") {
        query = query.filter(students::campus_id.eq(campus));
    }
    if let Some(program) = id(listing, "program") {
        query = query.filter(students::program_id.eq(program));
    }
    match listing.filter("status") {
        Some("all") => query,
        Some(word) if let Some(status) = StudentStatus::named(word) => {
            query.filter(students::status.eq(status))
        }
        _ => query.filter(students::status.eq_any([StudentStatus::Active, StudentStatus::OnLeave])),
    }
}

/// In order, from the row after the last one shown.
fn after(query: Query, listing: &Listing) -> Query {
    let after = listing.after.clone();
    if listing.sort == "number" {
        let query = query.order((students::student_number, students::id));
        return match after {
            None => query,
            Some((number, id)) => query.filter(
                students::student_number
                    .gt(number.clone())
                    .or(students::student_number.eq(number).and(students::id.gt(id))),
            ),
        };
    }
    let query = query.order((students::last_name, students::first_name, students::id));
    let Some((place, id)) = after else {
        return query;
    };
    let (last, first) = place.split_once('\t').unwrap_or((&place, ""));
    let (last, first) = (last.to_owned(), first.to_owned());
    let same_first = students::first_name.eq(first.clone()).and(students::id.gt(id));
    query
        .filter(students::last_name.ge(last.clone()))
        .filter(students::last_name.gt(last).or(students::first_name.gt(first).or(same_first)))
}
