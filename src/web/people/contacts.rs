//! Whom the school can call: the list of contacts and a contact's own page.

mod edit;
mod form;

pub(super) use form::ContactForm;

use actix_web::{
    get,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::looked::Kind,
    db::Db,
    people::{
        contact::Contact,
        contact_list::Listed,
        guardian,
        guardian::{Child, Rights},
        restriction::Restriction,
    },
    permit::{Grants, ReadGuardians, ReadStudents, UpdateGuardians},
    slice::Slice,
};

use crate::web::{
    extract::May,
    filters,
    list::Asked,
    page::{Area, Shell},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).configure(edit::routes).service(show_one);
}

#[derive(Template)]
#[template(path = "people/contacts/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    contacts: Slice<Listed>,
    opens_students: bool,
}

impl Index {
    fn next(&self) -> Option<String> {
        let last = self.contacts.rows.last().filter(|_| self.contacts.more)?;
        Some(self.asked.next(&last.contact.full_name, &last.contact.id))
    }
}

#[get("/guardians")]
async fn index(may: May<ReadGuardians>, asked: Asked) -> Page {
    let listing = asked.listing.clone();
    let contacts = may
        .db(move |db| {
            let contacts = Contact::listed(&listing, db)?;
            let children = contacts.rows.iter().flat_map(|one| &one.students);
            db.saw(Kind::Guardians, children.map(|child| child.id));
            Ok(contacts)
        })
        .await?;
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Guardians),
        asked,
        contacts,
        opens_students: may.also::<ReadStudents>().is_some(),
    })
}

#[derive(Template)]
#[template(path = "people/contacts/show.html")]
struct Show {
    shell: Shell,
    contact: Contact,
    restrictions: Vec<Restriction>,
    children: Vec<Child>,
    opens_students: bool,
    may_update: bool,
}

impl Show {
    /// Whether the numbers are kept from whoever reads.
    fn is_withheld(&self) -> bool {
        self.restrictions.iter().any(|one| one.bars_contact)
    }

    /// What they may do today for one of them.
    fn rights(&self, child: &Child) -> Rights {
        child.rights.under(self.barred_from(&child.student.id))
    }

    fn barred_from(&self, student: &Uuid) -> impl Iterator<Item = &Restriction> {
        let student = *student;
        self.restrictions.iter().filter(move |one| one.student_id == student)
    }
}

/// The children of a contact; whoever sees the one saw something of the others.
fn children(id: Uuid, db: &mut Db<'_, impl Grants<ReadGuardians>>) -> school::Result<Vec<Child>> {
    let children = guardian::children_of(id, db)?;
    db.saw(Kind::Guardians, children.iter().map(|child| child.student.id));
    Ok(children)
}

#[get("/guardians/{contact}")]
async fn show_one(may: May<ReadGuardians>, id: Path<Uuid>) -> Page {
    let id = *id;
    let ((contact, restrictions), children) =
        may.db(move |db| Ok((Contact::of(id, db)?, children(id, db)?))).await?;
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Guardians),
        contact,
        restrictions,
        children,
        opens_students: may.also::<ReadStudents>().is_some(),
        may_update: may.also::<UpdateGuardians>().is_some(),
    })
}
