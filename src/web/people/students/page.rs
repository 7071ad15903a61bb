//! A student's own page: what is written of them, and what the reader may see beside it.

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use school::{
    Error, Uuid,
    academics::roster::Attended,
    access::looked::Kind,
    attendance::intervention::Intervention,
    db::Db,
    districts::program::Program,
    people::{
        attended_days::Days, guardian::Family, particulars::Particulars, placement::Placement,
        restriction::Restriction,
    },
    permit::{
        CreateErasures, CreateRestrictions, CreateStudentFiles, Permission, ReadAccessEvents,
        ReadAttendanceInterventions, ReadAttendanceRecords, ReadClasses, ReadGuardians, ReadPrograms,
        ReadStudents, UpdateAttendanceInterventions, UpdateGuardians, UpdateRestrictions, UpdateStudents,
    },
    words::AttendanceStatus,
};

use super::parts::{Circle, Core};
use crate::web::{
    dates,
    extract::May,
    failure::Failure,
    figures, filters,
    page::{Area, Shell},
    people::{
        changes::{Told, told},
        heat::Heat,
    },
    reply::{Page, show},
    signs,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one);
}

#[derive(Template)]
#[template(path = "people/students/show.html")]
struct Show {
    shell: Shell,
    today: NaiveDate,
    known: Particulars,
    program: Option<Program>,
    places: Vec<Placement>,
    attended: Vec<Attended>,
    open_classes: Vec<Uuid>,
    days: Option<Days>,
    family: Option<Family>,
    /// What was done about absence.
    done: Option<Vec<Intervention>>,
    /// Whatever was barred, is or will be, latest first.
    bars: Vec<Restriction>,
    changes: Vec<Told>,
    may_update: bool,
    may_update_guardians: bool,
    may_restrict: bool,
    may_update_restrictions: bool,
    may_follow_up: bool,
    may_see_looks: bool,
    may_give_file: bool,
    may_erase: bool,
    opens_programs: bool,
}

impl Show {
    fn of(may: &May<ReadStudents>, mut core: Core, days: Option<Days>, circle: Option<Circle>) -> Self {
        let (family, (bars, changes)) = circle.map_or_else(
            || (None, (Vec::new(), Vec::new())),
            |circle| (Some(circle.family), (circle.bars, circle.changes)),
        );
        core.changes.extend(changes);
        core.changes.sort_by_key(|change| std::cmp::Reverse(change.id));
        let zone = may.signed_in().person().time_zone();
        Self {
            shell: Shell::of(may.signed_in(), Area::Students),
            today: may.signed_in().now().1,
            known: core.known,
            program: core.program,
            places: core.places,
            attended: core.attended,
            open_classes: core.open_classes,
            days,
            family,
            done: None,
            bars,
            changes: told(&core.changes, zone),
            may_update: may.also::<UpdateStudents>().is_some(),
            may_update_guardians: may.also::<UpdateGuardians>().is_some(),
            may_restrict: may.also::<CreateRestrictions>().is_some(),
            may_update_restrictions: may.also::<UpdateRestrictions>().is_some(),
            may_erase: may.also::<CreateErasures>().is_some(),
            may_give_file: may.also::<CreateStudentFiles>().is_some(),
            may_see_looks: may.also::<ReadAccessEvents>().is_some(),
            opens_programs: may.also::<ReadPrograms>().is_some(),
            may_follow_up: may.also::<UpdateAttendanceInterventions>().is_some(),
        }
    }

    /// Whole years since the birthday.
    fn age(&self) -> Option<u32> {
        self.today.years_since(self.known.student.date_of_birth?)
    }

    fn is_past(&self, day: &NaiveDate) -> bool {
        *day < self.today
    }

    fn place_now(&self) -> Option<&Placement> {
        self.places.iter().find(|place| place.runs_on(self.today))
    }

    fn somebody_is_barred(&self) -> bool {
        let family = self.family.as_ref();
        family.is_some_and(|family| !family.restrictions.is_empty())
    }

    fn bars_ahead(&self) -> Vec<&Restriction> {
        self.bars.iter().filter(|bar| bar.is_ahead(self.today)).collect()
    }

    fn bars_past(&self) -> Vec<&Restriction> {
        self.bars.iter().filter(|bar| bar.is_over(self.today)).collect()
    }

    /// Who may not learn where the student lives.
    fn barred_from_address(&self) -> Vec<&Restriction> {
        let bars = self.family.iter().flat_map(|family| &family.restrictions);
        bars.filter(|bar| bar.bars_address).collect()
    }

    fn opens(&self, class: &Uuid) -> bool {
        self.open_classes.contains(class)
    }
}

/// A part of the page that another permission opens: left out where it is not held, or does not reach this student.
async fn beside<Q: Permission, T: Send + 'static>(
    may: &May<ReadStudents>,
    work: impl FnOnce(&mut Db<'_, Q>) -> school::Result<T> + Send + 'static,
) -> Result<Option<T>, Failure> {
    let Some(may) = may.also::<Q>() else {
        return Ok(None);
    };
    match may.db(work).await {
        Err(Failure(Error::NotFound)) => Ok(None),
        other => other.map(Some),
    }
}

#[get("/students/{id}")]
async fn show_one(may: May<ReadStudents>, id: Path<Uuid>) -> Page {
    let id = *id;
    let opens_classes = may.also::<ReadClasses>().is_some();
    let core = may.db(move |db| Core::of(id, opens_classes, db)).await?;
    let days = beside::<ReadAttendanceRecords, _>(&may, move |db| {
        db.saw(Kind::Attendance, [id]);
        Days::of_student(id, db)
    })
    .await?;
    let circle = beside::<ReadGuardians, _>(&may, move |db| Circle::of(id, db)).await?;
    let done = beside::<ReadAttendanceInterventions, _>(&may, move |db| {
        db.saw(Kind::FollowUp, [id]);
        Intervention::of_student(id, db)
    });
    show(&Show { done: done.await?, ..Show::of(&may, core, days, circle) })
}
