//! Through which page somebody looks, for the record of access.

use actix_web::{HttpMessage, HttpRequest};
use school::{Uuid, access::looked::Through, words::AccessAction};
use tracing_actix_web::RequestId;

use super::server::Peer;

/// Routes whose page is made to be taken away on paper.
const PRINTS: [&str; 3] =
    ["/front-desk/movements/{movement}/slip", "/letters/{letter}", "/registers/{class}/{day}/{slot}/paper"];
/// Routes that answer a file, beside those that end in its format.
const FILES: [&str; 1] = ["/imports/{id}/rejected"];

/// The page of a request.
pub fn of(request: &HttpRequest) -> Through {
    let page = request.match_pattern().unwrap_or_default();
    let searches = request.query_string().split('&').any(|part| part.starts_with("q=") && part.len() > 2);
    let action = if page.ends_with(".{format}") || FILES.contains(&&*page) {
        AccessAction::Export
    } else if PRINTS.contains(&&*page) {
        AccessAction::Print
    } else if searches {
        AccessAction::Search
    } else {
        AccessAction::View
    };
    Through {
        action,
        resource: request.match_info().iter().find_map(|(_, value)| Uuid::parse_str(value).ok()),
        address: Peer::of(request),
        request: request.extensions().get::<RequestId>().map(|id| **id).unwrap_or_default(),
        page: format!("{} {page}", request.method()),
    }
}
