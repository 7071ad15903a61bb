//! The parts of a student's page, each as one permission opens it.

use school::{
    Uuid,
    academics::{roster, roster::Attended},
    access::looked::Kind,
    db::Db,
    districts::program::Program,
    people::{
        guardian::Family, history::Change, particulars::Particulars, placement::Placement,
        restriction::Restriction,
    },
    permit::{ReadGuardians, ReadStudents},
};

/// What everybody sees who may open the page.
pub(super) struct Core {
    pub(super) known: Particulars,
    pub(super) program: Option<Program>,
    pub(super) places: Vec<Placement>,
    pub(super) attended: Vec<Attended>,
    pub(super) open_classes: Vec<Uuid>,
    pub(super) changes: Vec<Change>,
}

impl Core {
    pub(super) fn of(id: Uuid, opens_classes: bool, db: &mut Db<'_, ReadStudents>) -> school::Result<Self> {
        let attended = roster::of_student(id, db)?;
        let open_classes = if opens_classes { roster::open_to(&attended, db)? } else { Vec::new() };
        db.saw(Kind::Student, [id]);
        let known = Particulars::of(id, db)?;
        Ok(Self {
            program: known.program_id.map(|program| Program::of(program, db)).transpose()?,
            known,
            places: Placement::of_student(id, db)?,
            attended,
            open_classes,
            changes: Change::of_student(id, db)?,
        })
    }
}

/// Whom to call and whom not, and who changed that.
pub(super) struct Circle {
    pub(super) family: Family,
    pub(super) bars: Vec<Restriction>,
    pub(super) changes: Vec<Change>,
}

impl Circle {
    pub(super) fn of(id: Uuid, db: &mut Db<'_, ReadGuardians>) -> school::Result<Self> {
        let circle = Self {
            family: Family::of_student(id, db)?,
            bars: Restriction::ever(id, db)?,
            changes: Change::of_guardians(id, db)?,
        };
        db.saw(Kind::Guardians, [id]);
        if !circle.bars.is_empty() {
            db.saw(Kind::Restrictions, [id]);
        }
        Ok(circle)
    }
}
