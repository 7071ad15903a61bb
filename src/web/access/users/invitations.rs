//! Inviting somebody again, taking an invitation back, and giving a deleted account back.

use actix_web::{
    HttpRequest, post,
    web::{Data, Path, ServiceConfig},
};
use school::{Uuid, access::account::Account, permit::CreateUsers};

use super::{asked_from, recorded};
use crate::{
    mail::PostBell,
    web::{
        extract::May,
        limits::Limits,
        reply::{Page, see_other},
    },
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(create).service(create_withdrawal).service(create_return);
}

#[post("/users/{id}/invitation")]
async fn create(
    request: HttpRequest,
    may: May<CreateUsers>,
    (limits, bell): (Data<Limits>, Data<PostBell>),
    id: Path<Uuid>,
) -> Page {
    let (id, by, address) = (*id, may.signed_in().person().id(), asked_from(&request));
    may.db(move |db| limits.send_mail(by, &Account::invite_again(id, &address, db)?)).await?;
    bell.ring();
    see_other(format!("/users/{id}?done=invited"))
}

#[post("/users/{id}/invitation/withdrawal")]
async fn create_withdrawal(may: May<CreateUsers>, id: Path<Uuid>) -> Page {
    may.db(move |db| Account::withdraw_invitation(*id, db)).await?;
    see_other("/users")
}

#[post("/users/{id}/return")]
async fn create_return(may: May<CreateUsers>, limits: Data<Limits>, id: Path<Uuid>) -> Page {
    let (id, by) = (*id, may.signed_in().person().id());
    let back = may.db(move |db| Account::restore(id, &|address| limits.send_mail(by, address), db));
    match back.await {
        Ok(()) => see_other(format!("/users/{id}?done=restored")),
        Err(failure) => Err(recorded(&may, failure).await?),
    }
}
