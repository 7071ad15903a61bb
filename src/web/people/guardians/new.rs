//! Another contact for a student: somebody known, found and chosen, or somebody new.

use actix_web::{
    get, post,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::looked::Kind,
    people::{
        contact::Contact,
        contact_list::Listed,
        guardianship::{Guardianship, Whom},
        student::Student,
    },
    permit::UpdateGuardians,
    slice::{Listing, Slice},
    words::Relationship,
};
use serde::Deserialize;

use super::form::RightsForm;
use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    people::contacts::ContactForm,
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create);
}

/// The fields; `q` finds people, `contact_id` is the one chosen, none for somebody new.
#[derive(Clone, Default, Deserialize)]
struct NewForm {
    #[serde(default)]
    q: String,
    #[serde(default)]
    contact_id: String,
    #[serde(default)]
    surely_new: String,
    #[serde(default)]
    though_barred: String,
    #[serde(flatten)]
    contact: ContactForm,
    #[serde(flatten)]
    rights: RightsForm,
}

impl NewForm {
    fn check(&self) -> Result<Guardianship, Errors> {
        let mut errors = Errors::default();
        let whom = match errors.choice("contact_id", &self.contact_id) {
            Some(known) => Some(Whom::Known(known)),
            None => match self.contact.check() {
                Ok(contact) => Some(Whom::New { contact, surely: self.surely_new == "yes" }),
                Err(wrong) => {
                    errors.join(wrong);
                    None
                }
            },
        };
        match (self.rights.check(), whom) {
            (Ok(rights), Some(whom)) => {
                errors.or(Guardianship { whom, rights, though_barred: self.though_barred == "yes" })
            }
            (rights, _) => {
                errors.join(rights.err().unwrap_or_default());
                Err(errors)
            }
        }
    }

    /// What to look for: what was typed, or the number of somebody new who may be known.
    fn sought(&self) -> Listing {
        let typed = [&self.q, &self.contact.phone, &self.contact.email];
        let sought = typed.into_iter().find(|typed| !typed.trim().is_empty());
        Listing {
            search: sought
                .map(|typed| typed.chars().filter(|sign| *sign != '\0').take(100).collect())
                .unwrap_or_default(),
            ..Listing::default()
        }
    }
}

#[derive(Template)]
#[template(path = "people/guardians/new.html")]
struct New {
    shell: Shell,
    student: Student,
    found: Option<Slice<Listed>>,
    q: String,
    contact_id: String,
    surely_new: String,
    though_barred: String,
    contact: ContactForm,
    form: RightsForm,
    errors: Errors,
}

async fn page(
    may: &May<UpdateGuardians>,
    student: Uuid,
    form: NewForm,
    errors: Errors,
) -> Result<New, Failure> {
    let listing = form.sought();
    let (student, found) = may
        .db(move |db| {
            let student = Student::named(student, db)?;
            let found = match listing.search.trim() {
                "" => None,
                _ => Some(Contact::listed(&listing, db)?),
            };
            db.saw(Kind::Names, [student.id]);
            let children = found.iter().flat_map(|found| &found.rows).flat_map(|one| &one.students);
            db.saw(Kind::Guardians, children.map(|child| child.id));
            Ok((student, found))
        })
        .await?;
    Ok(New {
        shell: Shell::of(may.signed_in(), Area::Students),
        student,
        found,
        q: form.q,
        contact_id: form.contact_id,
        surely_new: form.surely_new,
        though_barred: form.though_barred,
        contact: form.contact,
        form: form.rights,
        errors,
    })
}

#[get("/students/{id}/guardians/new")]
async fn new(may: May<UpdateGuardians>, id: Path<Uuid>, Query(form): Query<NewForm>) -> Page {
    show(&page(&may, *id, form, Errors::default()).await?)
}

#[post("/students/{id}/guardians")]
async fn create(may: May<UpdateGuardians>, id: Path<Uuid>, Form(form): Form<NewForm>) -> Page {
    let id = *id;
    let errors = match form.check() {
        Ok(guardianship) => match may.db(move |db| guardianship.make(id, db)).await {
            Ok(()) => return see_other(format!("/students/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, id, form, errors).await?)
}
