//! What a handler answers with: show, show again, see other, or a piece of a page.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use askama::Template;

use super::failure::Failure;

/// A page or the reason why there is none.
pub type Page = Result<HttpResponse, Failure>;

/// The page.
pub fn show(template: &impl Template) -> Page {
    render(StatusCode::OK, template)
}

/// The page as it was typed, with a message by each field that needs one.
pub fn show_again(template: &impl Template) -> Page {
    render(StatusCode::UNPROCESSABLE_ENTITY, template)
}

/// The page as it was typed, to be sent again in so many seconds.
pub fn show_again_later(seconds: u64, template: &impl Template) -> Page {
    tracing::warn!(seconds, "somebody asks too often and was told to come back");
    let mut answer = render(StatusCode::TOO_MANY_REQUESTS, template)?;
    answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    Ok(answer)
}

/// The piece of a page that a change concerns, or the difference where somebody was faster.
pub fn fragment(status: StatusCode, template: &impl Template) -> Page {
    render(status, template)
}

/// Elsewhere, by GET. Always a path of ours.
pub fn see_other(path: impl AsRef<str>) -> Page {
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, path.as_ref())).finish())
}

fn render(status: StatusCode, template: &impl Template) -> Page {
    let body = template.render().map_err(school::Error::internal)?;
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(body))
}
