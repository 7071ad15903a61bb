//! The ground that a school stands on: campuses with their policies, year, grades and subjects.

use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;
use schema::{campus_attendance_config, campuses, grades, subjects};
use uuid::Uuid;

use super::{
    plan::{CampusPlan, SchoolPlan},
    rows::insert_all,
    year::YearPlan,
};
use crate::{clock::new_id, db::Db, error::Result, permit::Seed, words::AttendanceBasis};

/// Subjects: name and code. The first five are taught in classes of their own at a secondary campus.
pub(super) const SUBJECTS: [(&str, &str); 8] = [
    ("Mathematics", "MAT"),
    ("English", "ENG"),
    ("Science", "SCI"),
    ("History", "HIS"),
    ("Physical education", "PE"),
    ("Reading and writing", "RW"),
    ("Music", "MUS"),
    ("Art", "ART"),
];

/// What was laid; positions are those of the plan.
pub(super) struct Ground {
    pub(super) campuses: Vec<Uuid>,
    pub(super) year: Uuid,
    pub(super) first_day: NaiveDate,
    /// Kindergarten, then grade 1 to 9.
    pub(super) grades: Vec<Uuid>,
    pub(super) subjects: Vec<Uuid>,
}

#[derive(Insertable)]
#[diesel(table_name = campuses)]
struct CampusRow<'a> {
    organization_id: Uuid,
    id: Uuid,
    name: &'a str,
    code: &'a str,
    address: &'a str,
    email: String,
    mascot: &'a str,
    color: &'a str,
    text_color: &'a str,
    border_color: &'a str,
    bg_light: &'a str,
    time_zone: Option<&'a str>,
    day_starts_at: NaiveTime,
    day_ends_at: NaiveTime,
    staff_sign_in: bool,
}

#[derive(Insertable)]
#[diesel(table_name = campus_attendance_config)]
struct PolicyRow {
    organization_id: Uuid,
    id: Uuid,
    campus_id: Uuid,
    applies_from: NaiveDate,
    basis: AttendanceBasis,
    due_time: NaiveTime,
    late_after: NaiveTime,
    teacher_edit_days: i16,
}

#[derive(Insertable)]
#[diesel(table_name = grades)]
struct GradeRow {
    organization_id: Uuid,
    id: Uuid,
    name: String,
    code: String,
    sort_order: i32,
}

#[derive(Insertable)]
#[diesel(table_name = subjects)]
struct SubjectRow {
    organization_id: Uuid,
    id: Uuid,
    name: &'static str,
    code: &'static str,
}

/// Whether a campus is open already.
pub(super) fn is_laid(db: &mut Db<'_, Seed>) -> Result<bool> {
    let open: i64 = campuses::table
        .filter(campuses::organization_id.eq(db.organization()))
        .count()
        .get_result(db.conn())?;
    Ok(open > 0)
}

impl Ground {
    /// Opens everything that a plan names, in the year around `today`.
    pub(super) fn lay(plan: &SchoolPlan, today: NaiveDate, db: &mut Db<'_, Seed>) -> Result<Self> {
        let year = YearPlan::around(today);
        let mut ground = Self {
            campuses: Vec::new(),
            year: year.open(db)?,
            first_day: year.first,
            grades: add_grades(db)?,
            subjects: add_subjects(db)?,
        };
        for campus in plan.campuses {
            let id = open_campus(campus, plan.domain, ground.campuses.is_empty(), db)?;
            write_policy(campus, id, year.first, db)?;
            year.mark(campus, id, db)?;
            ground.campuses.push(id);
        }
        Ok(ground)
    }
}

fn open_campus(plan: &CampusPlan, domain: &str, staff_sign_in: bool, db: &mut Db<'_, Seed>) -> Result<Uuid> {
    let id = new_id();
    let [color, text_color, border_color, bg_light] = plan.colors;
    let row = CampusRow {
        organization_id: db.organization(),
        id,
        name: plan.name,
        code: plan.code,
        address: plan.address,
        email: format!("{}@{domain}", plan.code.to_lowercase()),
        mascot: plan.mascot,
        color,
        text_color,
        border_color,
        bg_light,
        time_zone: plan.zone,
        day_starts_at: plan.bell(0),
        day_ends_at: plan.bell(2),
        // At the plan's first campus people say themselves that they are here.
        staff_sign_in,
    };
    diesel::insert_into(campuses::table).values(row).execute(db.conn())?;
    Ok(id)
}

fn write_policy(plan: &CampusPlan, campus: Uuid, from: NaiveDate, db: &mut Db<'_, Seed>) -> Result<()> {
    let row = PolicyRow {
        organization_id: db.organization(),
        id: new_id(),
        campus_id: campus,
        applies_from: from,
        basis: plan.basis,
        due_time: plan.bell(1),
        late_after: plan.bell(0),
        teacher_edit_days: plan.teacher_edit_days,
    };
    diesel::insert_into(campus_attendance_config::table).values(row).execute(db.conn())?;
    Ok(())
}

fn add_grades(db: &mut Db<'_, Seed>) -> Result<Vec<Uuid>> {
    let organization_id = db.organization();
    let rows: Vec<_> = (0..=9)
        .map(|level| GradeRow {
            organization_id,
            id: new_id(),
            name: if level == 0 { "Kindergarten".into() } else { format!("Grade {level}") },
            code: if level == 0 { "KG".into() } else { format!("{level:02}") },
            sort_order: level,
        })
        .collect();
    insert_all!(grades::table, rows, db);
    Ok(rows.into_iter().map(|row| row.id).collect())
}

fn add_subjects(db: &mut Db<'_, Seed>) -> Result<Vec<Uuid>> {
    let organization_id = db.organization();
    let rows = SUBJECTS.map(|(name, code)| SubjectRow { organization_id, id: new_id(), name, code });
    insert_all!(subjects::table, rows, db);
    Ok(rows.into_iter().map(|row| row.id).collect())
}
