//! Changing what is written of somebody's account.

use actix_web::{
    HttpRequest, get,
    http::StatusCode,
    post,
    web::{Data, Path, ServiceConfig},
};
use askama::Template;
use school::{
    Error, Uuid,
    access::{account::Account, account_change::Particulars, invitation::Asking},
    edit::Edit as Edited,
    permit::UpdateUsers,
};

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
        reply::{Page, fragment, see_other, show, show_again, show_again_later},
        stale,
        stale::Stale,
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update);
}

#[derive(Template)]
#[template(path = "access/users/edit.html")]
struct Edit {
    shell: Shell,
    account: Account,
    form: AccountForm,
    errors: Errors,
    stale: Option<Stale>,
}

/// An account whose changes this page may offer.
pub(super) async fn open(may: &May<UpdateUsers>, id: Uuid) -> Result<Account, Failure> {
    may.db(move |db| {
        let account = Account::of(id, db)?;
        if account.is_open_to_change(db)? { Ok(account) } else { Err(Error::Forbidden) }
    })
    .await
}

async fn page(may: &May<UpdateUsers>, id: Uuid, typed: Option<AccountForm>) -> Result<Edit, Failure> {
    let account = open(may, id).await?;
    Ok(Edit {
        shell: Shell::of(may.signed_in(), Area::Accounts),
        form: typed.unwrap_or_else(|| AccountForm::of(&account)),
        account,
        errors: Errors::default(),
        stale: None,
    })
}

#[get("/users/{id}/edit")]
async fn edit(may: May<UpdateUsers>, id: Path<Uuid>) -> Page {
    show(&page(&may, *id, None).await?)
}

async fn change(
    may: &May<UpdateUsers>,
    id: Uuid,
    person: Particulars,
    seen: &str,
    (limits, address): (Data<Limits>, String),
) -> Result<Edited<Account>, Failure> {
    let (seen, by) = (stale::read(seen), may.signed_in().person().id());
    may.db(move |db| {
        let count = |to: &str| limits.send_mail(by, to);
        person.keep(id, seen, Asking { request_ip: &address, count: &count }, db)
    })
    .await
}

#[post("/users/{id}")]
async fn update(
    request: HttpRequest,
    may: May<UpdateUsers>,
    (limits, bell): (Data<Limits>, Data<PostBell>),
    id: Path<Uuid>,
    Form(form): Form<AccountForm>,
) -> Page {
    let (id, from) = (*id, asked_from(&request));
    let mut again = page(&may, id, Some(form.clone())).await?;
    again.errors = match form.check() {
        Ok(person) => match change(&may, id, person, &form.seen, (limits, from)).await {
            Ok(Edited::Kept) => {
                bell.ring();
                return see_other(format!("/users/{id}"));
            }
            Ok(Edited::Stale { now, by }) => return conflict(again, &now, by),
            Err(Failure(Error::TooMany(seconds))) => {
                again.errors = too_much_mail(seconds);
                return show_again_later(seconds, &again);
            }
            Err(error) => refused(&may, error).await?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}

/// Somebody was faster: the form as typed, the difference above it, and the next save counts.
fn conflict(mut page: Edit, now: &Account, by: Option<String>) -> Page {
    let there = AccountForm::of(now);
    page.stale = Some(Stale::between(there.labelled(), page.form.labelled(), by));
    page.form.seen = there.seen;
    fragment(StatusCode::CONFLICT, &page)
}
