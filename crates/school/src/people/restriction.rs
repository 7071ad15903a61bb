//! What a court or the school has barred somebody from, with a student.

use chrono::NaiveDate;
use diesel::{pg::Pg, prelude::*};
use schema::restrictions;
use uuid::Uuid;

use crate::{db::Db, error::Result, permit::Permission};

/// A bar that holds today.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = restrictions)]
pub struct Restriction {
    /// The student whom it protects.
    pub student_id: Uuid,
    /// The contact who is barred, where they are one.
    pub contact_id: Option<Uuid>,
    /// Their name, where they are none.
    pub person_name: Option<String>,
    /// No word to them.
    pub bars_contact: bool,
    /// They may not take the student along.
    pub bars_collection: bool,
    /// They may not read of the student.
    pub bars_records: bool,
    /// They may not learn where the student lives.
    pub bars_address: bool,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; none until it is lifted.
    pub ends_on: Option<NaiveDate>,
    /// The paper that says so.
    pub court_paper: Option<String>,
}

impl Restriction {
    /// What is barred, as a sentence: No contact, no collection.
    #[must_use]
    pub fn barred(&self) -> String {
        let parts: Vec<&str> = [
            (self.bars_contact, "no contact"),
            (self.bars_collection, "no collection"),
            (self.bars_records, "no records"),
            (self.bars_address, "no address"),
        ]
        .into_iter()
        .filter_map(|(barred, word)| barred.then_some(word))
        .collect();
        let mut sentence = parts.join(", ");
        if let Some(first) = sentence.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        sentence
    }

    /// Those that protect a student today. At most 50.
    pub(crate) fn of_student<P: Permission>(student: Uuid, db: &mut Db<'_, P>) -> Result<Vec<Self>> {
        Ok(in_force(db)
            .filter(restrictions::student_id.eq(student))
            .select(Self::as_select())
            .order((restrictions::starts_on, restrictions::id))
            .limit(50)
            .load(db.conn())?)
    }

    /// The contacts who are not to be reached today, for a query.
    pub(crate) fn withholding<P: Permission>(
        db: &Db<'_, P>,
    ) -> restrictions::BoxedQuery<'static, Pg, diesel::sql_types::Uuid> {
        in_force(db)
            .filter(restrictions::bars_contact)
            .filter(restrictions::contact_id.is_not_null())
            .select(restrictions::contact_id.assume_not_null())
    }

    /// Those that name one of these contacts today.
    pub(crate) fn of_contacts<P: Permission>(contacts: &[Uuid], db: &mut Db<'_, P>) -> Result<Vec<Self>> {
        Ok(in_force(db)
            .filter(restrictions::contact_id.eq_any(contacts.to_vec()))
            .select(Self::as_select())
            .limit(500)
            .load(db.conn())?)
    }
}

fn in_force<P: Permission>(db: &Db<'_, P>) -> restrictions::BoxedQuery<'static, Pg> {
    let today = db.today();
    restrictions::table
        .filter(restrictions::organization_id.eq(db.organization()))
        .filter(restrictions::deleted_at.is_null())
        .filter(restrictions::starts_on.le(today))
        .filter(restrictions::ends_on.is_null().or(restrictions::ends_on.ge(today)))
        .into_boxed()
}
