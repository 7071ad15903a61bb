//! An organization's page: what is written of it, the visits to it, and the way in.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Path, Query, ServiceConfig},
};
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use school::{
    Uuid,
    access::{
        organization_change::Organization,
        platform::Platform,
        visit::{Entering, LONGEST, MINUTES, SHORTEST, Visit},
    },
    clock::local,
    lobby::{Awaited, Lobby},
    text,
};
use serde::Deserialize;

use super::form::WEEK_STARTS;
use crate::web::{
    browser, dates,
    extract::{OfPlatform, blocking},
    failure::Failure,
    filters,
    form::{Errors, Form, refused},
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one).service(create_visit);
}

/// Why and for how long; every field is text.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct EnterForm {
    reason: String,
    minutes: String,
}

#[derive(Template)]
#[template(path = "access/organizations/show.html")]
pub(super) struct Show {
    shell: Shell,
    organization: Organization,
    visits: Vec<Visit>,
    /// Who is to come in first, while nobody has.
    awaited: Option<Awaited>,
    /// Where their invitation goes, as typed.
    pub(super) email: String,
    form: EnterForm,
    /// Why it is to be suspended, as typed.
    pub(super) suspended_because: String,
    pub(super) errors: Errors,
    done: &'static str,
}

impl Show {
    /// An instant on the organization's own clock.
    fn moment(&self, at: &DateTime<Utc>) -> String {
        let (day, time) = local(*at, self.organization.time_zone.parse().unwrap_or(Tz::UTC));
        format!("{}, {}", dates::full(&day), dates::time(&time))
    }

    fn week_start(&self) -> &'static str {
        WEEK_STARTS.iter().find(|(day, _)| *day == self.organization.week_start).map_or("", |(_, name)| name)
    }

    /// What the reason is for, beneath its field.
    fn about_reason(&self) -> String {
        format!(
            "At least {SHORTEST} characters. The organization reads it, and what you look at. You see what an \
             administrator sees and change nothing."
        )
    }

    fn spoken(&self, minutes: &i64) -> String {
        match minutes {
            60 => "1 hour".into(),
            hours if hours % 60 == 0 => format!("{} hours", hours / 60),
            minutes => format!("{minutes} minutes"),
        }
    }
}

/// The page as nobody has typed anything.
pub(super) async fn page(who: &Platform, lobby: &Data<Lobby>, id: Uuid) -> Result<Show, Failure> {
    let (lobby, by) = (lobby.clone(), who.clone());
    let (organization, visits, awaited) = blocking(move || lobby.organization_of(&by, id)).await?;
    Ok(Show {
        shell: Shell::of(who.signed_in(), Area::Organizations),
        organization,
        visits,
        email: awaited.as_ref().map(|first| first.email.clone()).unwrap_or_default(),
        awaited,
        form: EnterForm { minutes: "60".into(), ..EnterForm::default() },
        suspended_because: String::new(),
        errors: Errors::default(),
        done: "",
    })
}

#[derive(Deserialize)]
struct Done {
    #[serde(default)]
    done: String,
}

#[get("/organizations/{organization}")]
async fn show_one(who: OfPlatform, lobby: Data<Lobby>, id: Path<Uuid>, asked: Query<Done>) -> Page {
    let mut page = page(&who.0, &lobby, *id).await?;
    page.done = match asked.done.as_str() {
        "founded" => {
            "The organization is founded, and an invitation is on its way to its first administrator."
        }
        "invited" => "Another invitation is on its way. The link in the one before opens nothing any more.",
        "suspended" => "Nobody of it comes in any more, and everybody is signed out.",
        "lifted" => "Its people sign in again.",
        _ => "",
    };
    show(&page)
}

#[post("/organizations/{organization}/visits")]
async fn create_visit(
    request: HttpRequest,
    who: OfPlatform,
    lobby: Data<Lobby>,
    id: Path<Uuid>,
    Form(form): Form<EnterForm>,
) -> Page {
    let id = *id;
    let mut again = page(&who.0, &lobby, id).await?;
    let mut errors = Errors::default();
    let reason = text::line(&form.reason, LONGEST).unwrap_or_else(|message| {
        errors.add("reason", message);
        String::new()
    });
    let entering = Entering { reason, minutes: form.minutes.parse().unwrap_or_default() };
    again.form = form;
    again.errors = match errors.or(entering) {
        Ok(entering) => match blocking(move || lobby.enter(&who.0, id, &entering)).await.map_err(Failure) {
            Ok(opened) => {
                browser::hold(&request, &opened)?;
                return see_other("/");
            }
            Err(error) => refused(error)?,
        },
        Err(errors) => errors,
    };
    show_again(&again)
}
