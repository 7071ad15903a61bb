//! Who of the platform was here: the organization's own list, and the way out for whoever is inside.

use actix_web::{
    HttpRequest, get, post,
    web::{Data, Path, ServiceConfig},
};
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use school::{
    Uuid,
    access::visit::{Listed, Visit},
    clock::local,
    lobby::Lobby,
    permit::{ReadAccessEvents, ReadOrganizationVisits, UpdateOrganizationVisits},
    slice::Slice,
};

use crate::web::{
    browser, dates,
    extract::{May, OfPlatform, blocking},
    filters,
    list::Asked,
    page::{Area, Shell},
    reply::{Page, see_other, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).service(create_end).service(leave);
}

#[derive(Template)]
#[template(path = "access/visits/index.html")]
struct Index {
    shell: Shell,
    asked: Asked,
    visits: Slice<Listed>,
    zone: Tz,
    may_end: bool,
    opens_record: bool,
}

impl Index {
    fn moment(&self, at: &DateTime<Utc>) -> String {
        let (day, time) = local(*at, self.zone);
        format!("{}, {}", dates::full(&day), dates::time(&time))
    }

    /// The days of the record in which a visit lies.
    fn days(&self, visit: &Visit) -> String {
        let day = |at| local(at, self.zone).0;
        format!("from={}&to={}", day(visit.began_at), day(visit.ended_at.unwrap_or(visit.until_at)))
    }

    fn next(&self) -> Option<String> {
        let last = self.visits.rows.last().filter(|_| self.visits.more)?;
        Some(self.asked.next("", &last.visit.id))
    }
}

#[get("/visits")]
async fn index(may: May<ReadOrganizationVisits>, asked: Asked, lobby: Data<Lobby>) -> Page {
    let (listing, idle) = (asked.listing.clone(), lobby.idle());
    show(&Index {
        shell: Shell::of(may.signed_in(), Area::Visits),
        asked,
        visits: may.db(move |db| Listed::all(&listing, idle, db)).await?,
        zone: may.signed_in().person().time_zone(),
        may_end: may.also::<UpdateOrganizationVisits>().is_some(),
        opens_record: may.also::<ReadAccessEvents>().is_some(),
    })
}

#[post("/visits/{visit}/end")]
async fn create_end(may: May<UpdateOrganizationVisits>, id: Path<Uuid>) -> Page {
    may.db(move |db| Visit::end(*id, db)).await?;
    see_other("/visits")
}

/// The visitor leaves.
#[post("/visit/end")]
async fn leave(request: HttpRequest, who: OfPlatform, lobby: Data<Lobby>) -> Page {
    let Some((place, opened)) = blocking(move || lobby.leave(&who.0)).await? else {
        return see_other("/organizations");
    };
    browser::hold(&request, &opened)?;
    see_other(format!("/organizations/{place}"))
}
