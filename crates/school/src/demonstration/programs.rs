//! A school district, what it offers, who works in it and which students take part.

use std::collections::BTreeMap;

use diesel::prelude::*;
use schema::students;
use uuid::Uuid;

use super::{plan::SchoolPlan, students::Enrolled};
use crate::{
    db::Db,
    districts::{district, member::Member, program_change},
    error::Result,
    permit::{CreatePrograms, CreateSchoolDistricts, Seed, UpdatePrograms},
};

/// What the district offers, and every so manieth student who takes part.
const OFFERED: [(&str, &str, &str, usize); 2] = [
    ("Reading Bridge", "RB", "For whoever reads below their grade, twice a week in small groups.", 29),
    ("New to the Language", "NL", "A first year of lessons for families who have just arrived.", 41),
];

pub(super) fn offer(
    plan: &SchoolPlan,
    users: &BTreeMap<String, Uuid>,
    enrolled: &[Enrolled],
    db: &mut Db<'_, Seed>,
) -> Result<()> {
    let district = district::Written {
        name: "Estuary School District".into(),
        contact_name: Some("Marisol Dacosta".into()),
        contact_email: Some("programs@estuary.example".into()),
        contact_phone: Some("+44 20 7946 0132".into()),
    };
    let district = district.add(&mut db.narrow::<CreateSchoolDistricts>())?;
    for (name, code, about, every) in OFFERED {
        let program = program_change::Written {
            school_district_id: Some(district),
            name: name.into(),
            code: Some(code.into()),
            description: Some(about.into()),
        };
        let program = program.add(&mut db.narrow::<CreatePrograms>())?;
        for role in ["counselor", "paraeducator"] {
            if let Some(user) = users.get(&format!("{role}@{}", plan.domain)) {
                Member::add(program, *user, &mut db.narrow::<UpdatePrograms>())?;
            }
        }
        let taking_part: Vec<Uuid> = enrolled.iter().skip(7).step_by(every).map(|one| one.id).collect();
        diesel::update(students::table)
            .filter(students::organization_id.eq(db.organization()))
            .filter(students::id.eq_any(taking_part))
            .set((students::program_id.eq(program), students::program_year.eq(1_i16)))
            .execute(db.conn())?;
    }
    Ok(())
}
