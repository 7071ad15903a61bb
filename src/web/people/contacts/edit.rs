//! Changing a contact's particulars.

use actix_web::{
    get,
    http::StatusCode,
    post,
    web::{Path, ServiceConfig},
};
use askama::Template;
use school::{Uuid, edit::Edit as Edited, people::contact::Contact, permit::UpdateGuardians};

use super::form::ContactForm;
use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, fragment, see_other, show, show_again},
    stale,
    stale::Stale,
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update);
}

#[derive(Template)]
#[template(path = "people/contacts/edit.html")]
struct Edit {
    shell: Shell,
    contact: Contact,
    /// Whether the numbers are kept from whoever writes, too.
    is_withheld: bool,
    form: ContactForm,
    errors: Errors,
    stale: Option<Stale>,
}

async fn page(may: &May<UpdateGuardians>, id: Uuid, typed: Option<ContactForm>) -> Result<Edit, Failure> {
    let (contact, restrictions) = may
        .db(move |db| {
            super::children(id, db)?;
            Contact::of(id, db)
        })
        .await?;
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::Guardians),
        is_withheld: restrictions.iter().any(|one| one.bars_contact),
        form: typed.unwrap_or_else(|| ContactForm::of(&contact)),
        contact,
        errors: Errors::default(),
        stale: None,
    })
}

#[get("/guardians/{contact}/edit")]
async fn edit(may: May<UpdateGuardians>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, None).await?)
}

#[post("/guardians/{contact}")]
async fn update(may: May<UpdateGuardians>, id: Path<Uuid>, Form(form): Form<ContactForm>) -> Page {
    let id = *id;
    let mut again = page(&may, id, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(contact) => {
            let seen = stale::read(&form.seen);
            match may.db(move |db| contact.change(id, seen, db)).await {
                Ok(Edited::Kept) => return see_other(format!("/guardians/{id}")),
                Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
                Err(error) => refused(error)?,
            }
        }
        Err(errors) => errors,
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &Contact, by: Option<String>) -> Page {
    let there = ContactForm::of(now);
    page.stale = Some(Stale::between(there.labelled(), page.form.labelled(), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}
