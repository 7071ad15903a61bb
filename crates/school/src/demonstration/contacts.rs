//! The people to call, what they may do, and whom a court or a family keeps away.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use schema::{contacts, guardians, restrictions};
use uuid::Uuid;

use super::{
    families::{Adult, Family},
    rows::insert_all,
    students::Enrolled,
};
use crate::{clock::new_id, db::Db, error::Result, permit::Seed, words::Relationship};

#[derive(Insertable)]
#[diesel(table_name = contacts)]
struct ContactRow<'a> {
    organization_id: Uuid,
    id: Uuid,
    full_name: &'a str,
    phone: &'a str,
    email: &'a str,
    address: Option<&'a str>,
    language: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = guardians)]
struct GuardianRow {
    organization_id: Uuid,
    id: Uuid,
    student_id: Uuid,
    contact_id: Uuid,
    relationship: Relationship,
    position: i16,
    primary_contact: bool,
    lives_with: bool,
    has_custody: bool,
    may_collect: bool,
    may_see_records: bool,
    receives_mail: bool,
    emergency: bool,
}

#[derive(Insertable)]
#[diesel(table_name = restrictions)]
struct RestrictionRow<'a> {
    organization_id: Uuid,
    id: Uuid,
    student_id: Uuid,
    contact_id: Option<Uuid>,
    person_name: Option<&'a str>,
    bars_contact: bool,
    bars_collection: bool,
    bars_records: bool,
    bars_address: bool,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
    court_paper: Option<&'a str>,
}

/// A father whom a court keeps away, in every so manieth family whose parents live apart.
const BARRED: usize = 12;

/// Writes the adults of every family once and links them to each of their children.
pub(super) fn introduce(families: &[Family], students: &[Enrolled], db: &mut Db<'_, Seed>) -> Result<()> {
    let organization = db.organization();
    let (mut people, mut links, mut barred) = (Vec::new(), Vec::new(), Vec::new());
    let mut children = students.iter();
    let mut apart = 0;
    for family in families {
        apart += usize::from(family.is_apart);
        let is_barred = family.is_apart && apart % BARRED == 3;
        let ids: Vec<_> = family.adults.iter().map(|_| new_id()).collect();
        people.extend(
            family.adults.iter().zip(&ids).map(|(adult, id)| contact(organization, *id, adult, family)),
        );
        for child in children.by_ref().take(family.children.len()) {
            for (position, (adult, contact)) in (1..).zip(family.adults.iter().zip(&ids)) {
                let away = is_barred && adult.is == Relationship::Father;
                let rights = Rights { adult, is_apart: family.is_apart, is_barred: away };
                links.push(rights.link(organization, child.id, *contact, position));
                if away {
                    barred.push(kept_away(organization, child, *contact));
                }
            }
        }
    }
    barred.extend(stranger(organization, students));
    insert_all!(contacts::table, people, db);
    insert_all!(guardians::table, links, db);
    insert_all!(restrictions::table, barred, db);
    Ok(())
}

fn contact<'a>(organization_id: Uuid, id: Uuid, adult: &'a Adult, family: &'a Family) -> ContactRow<'a> {
    let lives_elsewhere =
        adult.is == Relationship::Grandparent || (family.is_apart && adult.is == Relationship::Father);
    ContactRow {
        organization_id,
        id,
        full_name: &adult.name,
        phone: &adult.phone,
        email: &adult.email,
        address: (!lives_elsewhere).then_some(family.address.as_str()),
        language: family.language,
    }
}

/// What decides over somebody's rights.
struct Rights<'a> {
    adult: &'a Adult,
    is_apart: bool,
    is_barred: bool,
}

impl Rights<'_> {
    fn link(&self, organization_id: Uuid, student_id: Uuid, contact_id: Uuid, position: i16) -> GuardianRow {
        let is_parent = self.adult.is != Relationship::Grandparent;
        let is_second_apart = self.is_apart && self.adult.is == Relationship::Father;
        GuardianRow {
            organization_id,
            id: new_id(),
            student_id,
            contact_id,
            relationship: self.adult.is,
            position,
            primary_contact: position == 1,
            lives_with: is_parent && !is_second_apart,
            has_custody: is_parent && !self.is_barred,
            may_collect: !self.is_barred,
            may_see_records: is_parent && !self.is_barred,
            receives_mail: is_parent && !self.is_barred,
            emergency: !self.is_barred,
        }
    }
}

fn kept_away(organization_id: Uuid, child: &Enrolled, contact: Uuid) -> RestrictionRow<'static> {
    RestrictionRow {
        organization_id,
        id: new_id(),
        student_id: child.id,
        contact_id: Some(contact),
        person_name: None,
        bars_contact: true,
        bars_collection: true,
        bars_records: true,
        bars_address: true,
        starts_on: child.from,
        ends_on: None,
        court_paper: Some("Family court, order kept in the office safe"),
    }
}

/// Somebody who is no contact at all, kept away until a day.
fn stranger(organization_id: Uuid, students: &[Enrolled]) -> Option<RestrictionRow<'static>> {
    let child = students.first()?;
    Some(RestrictionRow {
        organization_id,
        id: new_id(),
        student_id: child.id,
        contact_id: None,
        person_name: Some("The former neighbour in the grey car"),
        bars_contact: false,
        bars_collection: true,
        bars_records: false,
        bars_address: false,
        starts_on: child.from,
        ends_on: Some(child.from + Days::new(300)),
        court_paper: None,
    })
}
