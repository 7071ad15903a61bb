//! What the office did about absence in the last weeks: most who miss much were called or written to, some wait for it.

use bigdecimal::BigDecimal;
use chrono::{Days, NaiveDate};
use diesel::{
    dsl::{count_star, exists},
    prelude::*,
};
use schema::{
    attendance_days as days, attendance_interventions as interventions, contacts, guardians, letter_templates,
};
use uuid::Uuid;

use super::{chance::Chance, rows::insert_all};
use crate::{
    clock::new_id,
    db::Db,
    error::Result,
    permit::Seed,
    words::{InterventionKind, InterventionOutcome},
};

/// Whoever misses so many days is looked at.
const MUCH: i64 = 6;
/// The most who are looked at.
const MOST: i64 = 200;

const SUBJECT: &str = "Attendance of {student}";
const LETTERS: [(&str, &str, &str); 2] = [
    (
        "en",
        SUBJECT,
        "Dear {guardian},\n\n{student} has been absent {days_absent} of {days_enrolled} days since {since}, \
         which is {percentage}.\n\nEvery day counts. Please call us, so that we find out together what would help.\n\n{school}",
    ),
    (
        "es",
        "Asistencia de {student}",
        "Estimada familia:\n\n{student} ha faltado {days_absent} de {days_enrolled} días desde el {since}, es decir, \
         el {percentage}.\n\nCada día cuenta. Llámenos, por favor, y veamos juntos qué puede ayudar.\n\n{school}",
    ),
];

/// What was done, what came of it, and what was said.
const DONE: [(InterventionKind, InterventionOutcome, &str); 6] = [
    (InterventionKind::Called, InterventionOutcome::Reached, "Asthma again. The doctor’s note follows."),
    (InterventionKind::Called, InterventionOutcome::NotReached, "Nobody answers before noon."),
    (InterventionKind::Called, InterventionOutcome::MessageLeft, "Asked to call back."),
    (
        InterventionKind::Met,
        InterventionOutcome::Reached,
        "Early bus from Monday, we look again in two weeks.",
    ),
    (InterventionKind::Visited, InterventionOutcome::Reached, "A grandparent brings the child from now on."),
    (InterventionKind::Referred, InterventionOutcome::UnderWay, "Counselor speaks with the family."),
];

#[derive(Insertable)]
#[diesel(table_name = letter_templates)]
struct TemplateRow {
    organization_id: Uuid,
    id: Uuid,
    name: &'static str,
    language: &'static str,
    subject: &'static str,
    body: &'static str,
}

#[derive(Insertable)]
#[diesel(table_name = interventions)]
struct ActionRow {
    organization_id: Uuid,
    id: Uuid,
    student_id: Uuid,
    kind: InterventionKind,
    happened_on: NaiveDate,
    contact_id: Uuid,
    with_name: String,
    outcome: InterventionOutcome,
    note: &'static str,
    look_again_on: NaiveDate,
}

/// Acts once, when the school is new; afterwards it is the people's own.
pub(super) fn act(today: NaiveDate, db: &mut Db<'_, Seed>) -> Result<()> {
    let any = letter_templates::table.filter(letter_templates::organization_id.eq(db.organization()));
    if diesel::select(exists(any)).get_result(db.conn())? {
        return Ok(());
    }
    let organization_id = db.organization();
    let template = |(language, subject, body)| TemplateRow {
        organization_id,
        id: new_id(),
        name: "Absent often",
        language,
        subject,
        body,
    };
    let templates: Vec<_> = LETTERS.into_iter().map(template).collect();
    diesel::insert_into(letter_templates::table).values(templates).execute(db.conn())?;
    let often = often(today, db)?;
    let rows: Vec<ActionRow> =
        (0..).zip(often).filter_map(|(index, child)| action(index, child, today, organization_id)).collect();
    insert_all!(interventions::table, rows, db);
    Ok(())
}

/// Who misses much, with whom to call first.
fn often(today: NaiveDate, db: &mut Db<'_, Seed>) -> Result<Vec<(Uuid, Uuid, String)>> {
    let missed: Vec<(Uuid, i64)> = days::table
        .filter(days::organization_id.eq(db.organization()))
        .filter(days::day.le(today))
        .filter(days::attended.lt(days::possible))
        .filter(days::possible.gt(BigDecimal::from(0)))
        .group_by(days::student_id)
        .having(count_star().ge(MUCH))
        .select((days::student_id, count_star()))
        .order((count_star().desc(), days::student_id))
        .limit(MOST)
        .load(db.conn())?;
    let students: Vec<Uuid> = missed.into_iter().map(|(student, _)| student).collect();
    let who =
        contacts::organization_id.eq(guardians::organization_id).and(contacts::id.eq(guardians::contact_id));
    Ok(guardians::table
        .inner_join(contacts::table.on(who))
        .filter(guardians::organization_id.eq(db.organization()))
        .filter(guardians::student_id.eq_any(students))
        .filter(guardians::primary_contact)
        .order((guardians::student_id, guardians::position, guardians::id))
        .distinct_on(guardians::student_id)
        .select((guardians::student_id, contacts::id, contacts::full_name))
        .limit(MOST)
        .load(db.conn())?)
}

/// One in four waits for somebody to act; of the others some are due again.
fn action(
    index: u64,
    (student_id, contact_id, with_name): (Uuid, Uuid, String),
    today: NaiveDate,
    organization_id: Uuid,
) -> Option<ActionRow> {
    let mut chance = Chance::of(index);
    if chance.falls(250) {
        return None;
    }
    let (kind, outcome, note) = chance.pick(&DONE);
    let ago = u64::from(chance.between(1, 20));
    let happened_on = today - Days::new(ago);
    Some(ActionRow {
        organization_id,
        id: new_id(),
        student_id,
        kind,
        happened_on,
        contact_id,
        with_name,
        outcome,
        note,
        look_again_on: happened_on + Days::new(14),
    })
}
