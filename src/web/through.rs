//! Through which page somebody looks, for the record of access.

use actix_web::{HttpMessage, HttpRequest, http::StatusCode, web::Query};
use school::{Result, Uuid, access::looked::Through, db::SignedIn, words::AccessAction};
use tracing_actix_web::RequestId;

use super::{extract::blocking, server::Peer};

/// Routes whose page is made to be taken away on paper.
const PRINTS: [&str; 3] =
    ["/front-desk/movements/{movement}/slip", "/letters/{letter}", "/registers/{class}/{day}/{slot}/paper"];
/// Routes that answer a file, beside those that end in its format.
const FILES: [&str; 2] = ["GET /imports/{id}/rejected", "POST /students/{id}/files"];
/// Fields by which a list is searched for a name.
const SOUGHT: [&str; 2] = ["q", "student"];

/// What asking for a page is.
pub fn action(request: &HttpRequest) -> AccessAction {
    let page = request.match_pattern().unwrap_or_default();
    let asked = Query::<Vec<(String, String)>>::from_query(request.query_string());
    // A question that cannot be read is answered by the page.
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    let searches = asked.iter().any(|(field, word)| SOUGHT.contains(&&**field) && !word.is_empty());
    if page.ends_with(".{format}") || FILES.contains(&&*format!("{} {page}", request.method())) {
        AccessAction::Export
    } else if PRINTS.contains(&&*page) {
        AccessAction::Print
    } else if searches {
        AccessAction::Search
    } else {
        AccessAction::View
    }
}

/// The page of a request.
pub fn of(request: &HttpRequest) -> Through {
    let page = request.match_pattern().unwrap_or_default();
    Through {
        action: action(request),
        is_refresh: request.headers().contains_key("x-refresh"),
        resource: request.match_info().iter().find_map(|(_, value)| Uuid::parse_str(value).ok()),
        address: Peer::of(request),
        request: request.extensions().get::<RequestId>().map(|id| **id).unwrap_or_default(),
        page: format!("{} {page}", request.method()),
    }
}

/// The permission that a request needs.
struct Needs(&'static str);

/// A page says what it needs, in case that it is refused.
pub fn asks(request: &HttpRequest, permission: &'static str) {
    request.extensions_mut().insert(Needs(permission));
}

/// Keeps what an answer shows of children before anybody sees it, files and pages on a visit that show none, and who was refused or asked for what is not theirs or
/// not there.
pub async fn keep(request: &HttpRequest, status: StatusCode, is_page: bool) -> Result<()> {
    let (who, needs) = {
        let known = request.extensions();
        (known.get::<SignedIn>().cloned(), known.get::<Needs>().map_or("", |needs| needs.0))
    };
    let Some(who) = who else { return Ok(()) };
    let refusal = match status {
        StatusCode::FORBIDDEN => Some(AccessAction::Denied),
        StatusCode::NOT_FOUND => Some(AccessAction::NotFound),
        _ => None,
    };
    match refusal {
        Some(action) => blocking(move || who.was_refused(action, needs)).await,
        None if (is_page || status.is_success()) && who.has_looked() => {
            blocking(move || who.keep_looks()).await
        }
        None if status.is_success() && request.method().is_safe() && counts_alone(request, &who) => {
            blocking(move || who.was_shown(needs)).await
        }
        None => Ok(()),
    }
}

/// Whether a page counts that shows no child.
fn counts_alone(request: &HttpRequest, who: &SignedIn) -> bool {
    action(request) == AccessAction::Export || who.person().visit().is_some()
}
