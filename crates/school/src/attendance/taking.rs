//! Who took a register for whom: whoever stood in front, whoever sent it in, and whose class it is.

use diesel::prelude::*;
use schema::{attendance_sessions as sessions, staff};
use uuid::Uuid;

use super::{cover, register::Head};
use crate::{
    db::Db,
    error::{Error, Result},
    permit::Permission,
};

/// Who took a register for whom, where it was not simply its teacher.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taking {
    /// Who stood in front, where somebody else sent it in.
    pub taken_by: Option<String>,
    /// In whose place.
    pub on_behalf: Option<String>,
}

type Name = (Option<Uuid>, String, String);

/// In whose place somebody takes a register: whom they cover, else whose class it is.
pub(super) fn stands_for<P: Permission>(
    head: &Head,
    taker: Option<Uuid>,
    db: &mut Db<'_, P>,
) -> Result<Option<Uuid>> {
    if taker.is_some() && taker == head.homeroom_teacher {
        return Ok(None);
    }
    let covers = cover::of_class(head.key.class, head.key.day, db)?;
    let cover = covers.into_iter().find(|cover| Some(cover.staff) == taker);
    if cover.is_none() && taker != db.staff() {
        return Err(Error::invalid("paper", "They do not cover this class on this day."));
    }
    Ok(cover.and_then(|cover| cover.covers).map(|(whom, _)| whom).or(head.homeroom_teacher))
}

impl Taking {
    /// Of a register; nothing before it is in.
    pub(super) fn of<P: Permission>(head: &Head, db: &mut Db<'_, P>) -> Result<Self> {
        let Some(session) = head.session.as_ref().filter(|_| head.is_in()) else {
            return Ok(Self::default());
        };
        if session.on_behalf_of_id.is_none() && session.taken_by_id == db.staff() {
            return Ok(Self::default());
        }
        let (taker, whom) = diesel::alias!(staff as taker, staff as whom);
        let took = taker
            .field(staff::organization_id)
            .eq(sessions::organization_id)
            .and(taker.field(staff::id).nullable().eq(sessions::taken_by_id));
        let stood_for = whom
            .field(staff::organization_id)
            .eq(sessions::organization_id)
            .and(whom.field(staff::id).nullable().eq(sessions::on_behalf_of_id));
        let (sent_by, taker, whom): (Option<Uuid>, Option<Name>, Option<Name>) = sessions::table
            .left_join(taker.on(took))
            .left_join(whom.on(stood_for))
            .filter(sessions::organization_id.eq(db.organization()))
            .filter(sessions::id.eq(session.id))
            .select((
                sessions::submitted_by_id,
                (taker.field(staff::user_id), taker.field(staff::first_name), taker.field(staff::last_name))
                    .nullable(),
                (whom.field(staff::user_id), whom.field(staff::first_name), whom.field(staff::last_name))
                    .nullable(),
            ))
            .first(db.conn())?;
        let name = |(_, first, last): Name| format!("{first} {last}");
        let another = taker.filter(|(account, ..)| account.is_none() || *account != sent_by);
        Ok(Self { taken_by: another.map(name), on_behalf: whom.map(name) })
    }

    /// As words after *Submitted 08:40 by …*; empty where there is nothing to say.
    #[must_use]
    pub fn words(&self) -> String {
        let by = self.taken_by.as_ref().map(|name| format!(", taken by {name}")).unwrap_or_default();
        let whom = self.on_behalf.as_ref().map(|name| format!(" for {name}")).unwrap_or_default();
        format!("{by}{whom}")
    }
}
