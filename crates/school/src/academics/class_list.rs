//! The list of classes: found by name or room, narrowed, a page at a time.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::{dsl::count_star, prelude::*};
use schema::{academic_years, campuses, class_enrollments, class_staff, classes, grades, staff};
use uuid::Uuid;

use super::class::{Class, visible};
use crate::{
    db::Db,
    error::Result,
    permit::{Grants, ReadClasses},
    slice::{Listing, Slice},
    words::{ClassKind, ClassStatus},
};

/// A class with what a list says of it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The class.
    pub class: Class,
    /// The campus's name.
    pub campus: Option<String>,
    /// The grade's name.
    pub grade: Option<String>,
    /// The first day of its year.
    pub begins_on: Option<NaiveDate>,
    /// How many are on the roll today.
    pub students: i64,
    /// Who stands in front today.
    pub teachers: Vec<String>,
}

type Row = (Class, Option<String>, Option<String>, Option<NaiveDate>, Option<i64>);

impl Class {
    /// Every class that the reader may see, by name: filters `campus`, `kind`, `grade` and `status` (empty: not
    /// closed, `all`, or a status's word).
    pub fn listed(listing: &Listing, db: &mut Db<'_, impl Grants<ReadClasses>>) -> Result<Slice<Listed>> {
        let today = db.today();
        let campus = campuses::table
            .filter(campuses::organization_id.eq(classes::organization_id))
            .filter(campuses::id.eq(classes::campus_id))
            .select(campuses::name);
        let grade = grades::table
            .filter(grades::organization_id.eq(classes::organization_id))
            .filter(grades::id.nullable().eq(classes::grade_id))
            .select(grades::name);
        let begins_on = academic_years::table
            .filter(academic_years::organization_id.eq(classes::organization_id))
            .filter(academic_years::id.eq(classes::academic_year_id))
            .select(academic_years::start_date);
        let students = class_enrollments::table
            .filter(class_enrollments::organization_id.eq(classes::organization_id))
            .filter(class_enrollments::class_id.eq(classes::id))
            .filter(class_enrollments::deleted_at.is_null())
            .filter(class_enrollments::enrolled_on.le(today))
            .filter(class_enrollments::ended_on.is_null().or(class_enrollments::ended_on.ge(today)))
            .select(count_star());
        let rows: Vec<Row> = narrowed(visible(db), listing)
            .select((
                Self::as_select(),
                campus.single_value(),
                grade.single_value(),
                begins_on.single_value(),
                students.single_value(),
            ))
            .order((classes::name, classes::id))
            .limit(Slice::<Listed>::limit())
            .load(db.conn())?;
        with_teachers(rows, db)
    }
}

fn with_teachers(rows: Vec<Row>, db: &mut Db<'_, impl Grants<ReadClasses>>) -> Result<Slice<Listed>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.0.id).collect();
    let mut teachers = in_front(&ids, db)?;
    let listed = rows.into_iter().map(|(class, campus, grade, begins_on, students)| Listed {
        teachers: teachers.remove(&class.id).unwrap_or_default(),
        class,
        campus,
        grade,
        begins_on,
        students: students.unwrap_or_default(),
    });
    Ok(Slice::of(listed.collect()))
}

fn narrowed(
    mut query: classes::BoxedQuery<'static, diesel::pg::Pg>,
    listing: &Listing,
) -> classes::BoxedQuery<'static, diesel::pg::Pg> {
    for pattern in listing.patterns() {
        query = query.filter(
            classes::name
                .ilike(pattern.clone())
                .or(classes::room.is_not_null().and(classes::room.assume_not_null().ilike(pattern))),
        );
    }
    let id = |name| Uuid::parse_str(listing.filter(name)?).ok();
    if let Some(campus) = id("campus") {
        query = query.filter(classes::campus_id.eq(campus));
    }
    if let Some(grade) = id("grade") {
        query = query.filter(classes::grade_id.eq(grade));
    }
    if let Some(kind) = listing.filter("kind").and_then(ClassKind::named) {
        query = query.filter(classes::kind.eq(kind));
    }
    if let Some((name, id)) = listing.after.clone() {
        query = query
            .filter(classes::name.ge(name.clone()))
            .filter(classes::name.gt(name).or(classes::id.gt(id)));
    }
    match listing.filter("status") {
        Some("all") => query,
        Some(word) if let Some(status) = ClassStatus::named(word) => query.filter(classes::status.eq(status)),
        _ => query.filter(classes::status.ne(ClassStatus::Closed)),
    }
}

/// The names of those who stand in front of classes today.
fn in_front(ids: &[Uuid], db: &mut Db<'_, impl Grants<ReadClasses>>) -> Result<BTreeMap<Uuid, Vec<String>>> {
    let today = db.today();
    let rows: Vec<(Uuid, String, String)> = class_staff::table
        .inner_join(staff::table.on(
            staff::organization_id.eq(class_staff::organization_id).and(staff::id.eq(class_staff::staff_id)),
        ))
        .filter(class_staff::organization_id.eq(db.organization()))
        .filter(class_staff::class_id.eq_any(ids))
        .filter(class_staff::deleted_at.is_null())
        .filter(class_staff::starts_on.le(today))
        .filter(class_staff::ends_on.is_null().or(class_staff::ends_on.ge(today)))
        .order((class_staff::duty, staff::last_name))
        .select((class_staff::class_id, staff::first_name, staff::last_name))
        .load(db.conn())?;
    let mut names: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    for (class, first, last) in rows {
        names.entry(class).or_default().push(format!("{first} {last}"));
    }
    Ok(names)
}
