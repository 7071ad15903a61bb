//! Whether the owner of an account comes in: each change is a noun of its own, and none takes a password.

use actix_web::{
    HttpRequest, post,
    web::{Data, Path, ServiceConfig},
};
use school::{
    Uuid,
    access::account::Account,
    db::Db,
    permit::{DeleteUsers, UpdateUsers},
};

use super::asked_from;
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
    app.service(create_disablement)
        .service(end_disablement)
        .service(end_wait)
        .service(end_sessions)
        .service(end_second_factor)
        .service(end_sign_on)
        .service(create_password_reset)
        .service(create_removal);
}

/// Does it, and says on the account's page that it is done.
async fn done(
    may: &May<UpdateUsers>,
    id: Uuid,
    work: fn(Uuid, &mut Db<'_, UpdateUsers>) -> school::Result<()>,
    word: &str,
) -> Page {
    may.db(move |db| work(id, db)).await?;
    see_other(format!("/users/{id}?done={word}"))
}

#[post("/users/{id}/disablement")]
async fn create_disablement(may: May<UpdateUsers>, id: Path<Uuid>) -> Page {
    done(&may, *id, Account::disable, "disabled").await
}

#[post("/users/{id}/disablement/end")]
async fn end_disablement(may: May<UpdateUsers>, id: Path<Uuid>) -> Page {
    done(&may, *id, Account::enable, "enabled").await
}

#[post("/users/{id}/wait/end")]
async fn end_wait(may: May<UpdateUsers>, id: Path<Uuid>) -> Page {
    done(&may, *id, Account::forget_wrong_guesses, "unlocked").await
}

#[post("/users/{id}/sessions/end")]
async fn end_sessions(may: May<UpdateUsers>, id: Path<Uuid>) -> Page {
    done(&may, *id, Account::sign_out_everywhere, "signed-out").await
}

#[post("/users/{id}/second-factor/removal")]
async fn end_second_factor(
    request: HttpRequest,
    may: May<UpdateUsers>,
    bell: Data<PostBell>,
    id: Path<Uuid>,
) -> Page {
    let (id, address) = (*id, asked_from(&request));
    may.db(move |db| Account::take_second_factor_away(id, &address, db)).await?;
    bell.ring();
    see_other(format!("/users/{id}?done=second-factor"))
}

#[post("/users/{id}/sign-on/removal")]
async fn end_sign_on(may: May<UpdateUsers>, id: Path<Uuid>) -> Page {
    done(&may, *id, Account::untie_sign_on, "sign-on").await
}

#[post("/users/{id}/password-reset")]
async fn create_password_reset(
    request: HttpRequest,
    may: May<UpdateUsers>,
    (limits, bell): (Data<Limits>, Data<PostBell>),
    id: Path<Uuid>,
) -> Page {
    let (id, by, address) = (*id, may.signed_in().person().id(), asked_from(&request));
    may.db(move |db| limits.send_mail(by, &Account::send_password_reset(id, &address, db)?)).await?;
    bell.ring();
    see_other(format!("/users/{id}?done=reset"))
}

#[post("/users/{id}/removal")]
async fn create_removal(may: May<DeleteUsers>, id: Path<Uuid>) -> Page {
    may.db(move |db| Account::delete(*id, db)).await?;
    see_other("/users")
}
