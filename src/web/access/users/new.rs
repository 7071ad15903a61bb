//! Inviting somebody.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Query, ServiceConfig},
};
use askama::Template;
use school::{
    Error, Uuid,
    access::{account_staff::Employee, given_role::Offer, invitation::Asking},
    people::staff::Named,
    permit::CreateUsers,
};
use serde::Deserialize;

use super::{asked_from, form::AccountForm, refused, too_much_mail};
use crate::{
    mail::PostBell,
    web::{
        extract::May,
        failure::Failure,
        filters,
        form::{Errors, Form},
        limits::Limits,
        page::{Area, Shell},
        reply::{Page, see_other, show, show_again, show_again_later},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(new).service(create);
}

#[derive(Template)]
#[template(path = "access/users/new.html")]
struct New {
    shell: Shell,
    offer: Offer,
    staff: Vec<Named>,
    form: AccountForm,
    errors: Errors,
}

async fn page(may: &May<CreateUsers>, form: AccountForm, errors: Errors) -> Result<New, Failure> {
    let (offer, staff) = may.db(|db| Ok((Offer::to(None, db)?, Employee::offered(db)?))).await?;
    Ok(New { shell: Shell::of(may.signed_in(), Area::Accounts), offer, staff, form, errors })
}

#[derive(Deserialize)]
struct Asked {
    staff: Option<Uuid>,
}

#[get("/users/new")]
async fn new(may: May<CreateUsers>, asked: Query<Asked>) -> Page {
    let form = match asked.staff {
        Some(staff) => {
            AccountForm::of_employee(&may.db(move |db| Employee::without_account(staff, db)).await?)
        }
        None => AccountForm::default(),
    };
    let mut page = page(&may, form, Errors::default()).await?;
    page.form.campus = page.offer.only_campus().map(|campus| campus.to_string()).unwrap_or_default();
    show(&page)
}

#[post("/users")]
async fn create(
    request: HttpRequest,
    may: May<CreateUsers>,
    (limits, bell): (Data<Limits>, Data<PostBell>),
    Form(form): Form<AccountForm>,
) -> Page {
    let (by, address) = (may.signed_in().person().id(), asked_from(&request));
    let errors = match form.check_invitation() {
        Ok(invitation) => {
            let sent = may.db(move |db| {
                let count = |to: &str| limits.send_mail(by, to);
                invitation.send(Asking { request_ip: &address, count: &count }, db)
            });
            match sent.await {
                Ok(id) => {
                    bell.ring();
                    return see_other(format!("/users/{id}?done=invited"));
                }
                Err(Failure(Error::TooMany(seconds))) => {
                    let errors = too_much_mail(seconds);
                    return show_again_later(seconds, &page(&may, form, errors).await?);
                }
                Err(error) => refused(&may, error).await?,
            }
        }
        Err(errors) => errors,
    };
    show_again(&page(&may, form, errors).await?)
}
