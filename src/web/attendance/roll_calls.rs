//! Fire rolls and the lists of trips: begun, looked at, closed.

mod form;
mod headcounts;
mod show;

use actix_web::{
    get, post,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    academics::{campus::Campus, class::Named},
    attendance::{roll_call::RollCall, roll_call_change},
    permit::{CreateRollCalls, UpdateRollCalls},
    slice::Slice,
    text,
};
use serde::Deserialize;

use form::RollCallForm;

use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Fields, Form, refused},
    list,
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file, of one list and of its headcounts.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index)
        .service(new)
        .service(create)
        .service(create_closure)
        .configure(show::routes)
        .configure(headcounts::routes);
}

#[derive(Template)]
#[template(path = "attendance/roll_calls/index.html")]
struct Index {
    shell: Shell,
    asked: list::Asked,
    calls: Slice<RollCall>,
    campuses: Vec<Campus>,
    may_begin: bool,
}

impl Index {
    fn next(&self) -> Option<String> {
        let last = self.calls.rows.last().filter(|_| self.calls.more)?;
        Some(self.asked.next(&last.place(), &last.id))
    }
}

#[get("/roll-calls")]
async fn index(may: May<UpdateRollCalls>, asked: list::Asked) -> Page {
    let listing = asked.listing.clone();
    let calls = may.db(move |db| RollCall::all(&listing, db)).await?;
    let begins = may.also::<CreateRollCalls>();
    let campuses = match &begins {
        Some(may) => may.db(Campus::within_reach).await?,
        None => Vec::new(),
    };
    let shell = Shell::of(may.signed_in(), Area::RollCalls);
    show(&Index { shell, asked, calls, campuses, may_begin: begins.is_some() })
}

#[derive(Template)]
#[template(path = "attendance/roll_calls/new.html")]
struct New {
    shell: Shell,
    campuses: Vec<Campus>,
    classes: Vec<Named>,
    holders: Vec<Named>,
    form: RollCallForm,
    errors: Errors,
}

async fn page(may: &May<CreateRollCalls>, mut form: RollCallForm, errors: Errors) -> Result<New, Failure> {
    let (campuses, classes, holders) = may
        .db(|db| {
            let campuses = Campus::within_reach(db)?;
            Ok((campuses, roll_call_change::offered(db)?, roll_call_change::holders(db)?))
        })
        .await?;
    if let ([only], true) = (campuses.as_slice(), form.campus_id.is_empty()) {
        form.campus_id = only.id.to_string();
    }
    Ok(New { shell: Shell::of(may.signed_in(), Area::RollCalls), campuses, classes, holders, form, errors })
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    class: String,
}

#[get("/roll-calls/new")]
async fn new(may: May<CreateRollCalls>, asked: Query<Asked>) -> Page {
    let form = RollCallForm {
        moment: "Before leaving".into(),
        class: asked.into_inner().class,
        ..RollCallForm::default()
    };
    show(&page(&may, form, Errors::default()).await?)
}

#[post("/roll-calls")]
async fn create(may: May<CreateRollCalls>, Form(form): Form<RollCallForm>) -> Page {
    let errors = match form.check() {
        Ok(list) => match may.db(move |db| roll_call_change::begin(&list, db)).await {
            Ok(id) => return see_other(format!("/roll-calls/{id}")),
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&page(&may, form, errors).await?)
}

#[post("/roll-calls/{id}/closure")]
async fn create_closure(may: May<UpdateRollCalls>, id: Path<Uuid>, fields: Fields) -> Page {
    let id = *id;
    match text::line(fields.get("note"), 500) {
        Ok(note) => {
            may.db(move |db| {
                roll_call_change::close(id, Some(note.as_str()).filter(|note| !note.is_empty()), db)
            })
            .await?;
            see_other(format!("/roll-calls/{id}"))
        }
        Err(reason) => {
            let mut page = show::page(&may, id, None).await?;
            page.closing(fields.get("note"), reason);
            show_again(&page)
        }
    }
}
