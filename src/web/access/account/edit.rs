//! One's own name, telephone and language, changed.

use actix_web::{
    get, post,
    web::{Data, ServiceConfig},
};
use askama::Template;
use school::{
    access::own_account::{Account, LANGUAGES, Particulars},
    lobby::Lobby,
};
use serde::Deserialize;

use crate::web::{
    extract::{Someone, blocking},
    filters,
    form::{Errors, Form},
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(edit).service(update);
}

#[derive(Template)]
#[template(path = "access/account/edit.html")]
struct Edit {
    shell: Shell,
    form: AccountForm,
    errors: Errors,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct AccountForm {
    first_name: String,
    last_name: String,
    phone: String,
    language: String,
}

impl AccountForm {
    fn of(account: Account) -> Self {
        Self {
            first_name: account.first_name,
            last_name: account.last_name,
            phone: account.phone_number.unwrap_or_default(),
            language: account.locale.unwrap_or_default(),
        }
    }

    fn check(&self) -> Result<Particulars, Errors> {
        let mut errors = Errors::default();
        let first_name = errors.needed("first_name", &self.first_name, 100);
        let last_name = errors.needed("last_name", &self.last_name, 100);
        let phone_number = errors.line("phone", &self.phone, 40);
        let is_spoken = LANGUAGES.iter().any(|(tag, _)| *tag == self.language);
        if !self.language.is_empty() && !is_spoken {
            errors.add("language", "Choose one from the list.");
        }
        let locale = is_spoken.then(|| self.language.clone());
        errors.or(Particulars { first_name, last_name, phone_number, locale })
    }
}

#[get("/account/edit")]
async fn edit(someone: Someone, lobby: Data<Lobby>) -> Page {
    let who = someone.0.clone();
    let (account, _) = blocking(move || lobby.account(&who)).await?;
    let shell = Shell::of(&someone.0, Area::Elsewhere);
    show(&Edit { shell, form: AccountForm::of(account), errors: Errors::default() })
}

#[post("/account")]
async fn update(someone: Someone, lobby: Data<Lobby>, Form(form): Form<AccountForm>) -> Page {
    match form.check() {
        Ok(particulars) => {
            blocking(move || lobby.change_particulars(&someone.0, &particulars)).await?;
            see_other("/account?done=particulars")
        }
        Err(errors) => show_again(&Edit { shell: Shell::of(&someone.0, Area::Elsewhere), form, errors }),
    }
}
