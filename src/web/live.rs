//! An open page looks again every few seconds (`static/js/live.js`); where nothing is new it is told just that.

use std::{
    convert::Infallible,
    future::{Ready, ready},
};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::header::{ETAG, HeaderValue, IF_NONE_MATCH},
};
use school::{
    Result,
    db::{Db, SignedIn, Snapshot},
    permit::Permission,
};

use super::{extract::May, failure::Failure, reply::Page};

/// What an open page says it shows already, if it is one.
pub struct Shown(Option<String>);

impl FromRequest for Shown {
    type Error = Infallible;
    type Future = Ready<std::result::Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let tag = |name| request.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let looks_again = request.headers().contains_key("x-refresh");
        ready(Ok(Self(tag(IF_NONE_MATCH).filter(|_| looks_again).map(Into::into))))
    }
}

/// What a page shows, by the name that it is known under when it looks again.
pub struct Tag(Option<String>);

impl Shown {
    /// Runs `work` as [`May::db`] does, unless the page shows all that there is: then there is nothing but its tag. By the
    /// next minute it is looked at in any case: a page says how late it is, and not everything that it says has a history.
    pub async fn unless_same<P, T, F>(self, may: &May<P>, work: F) -> Result<(Tag, Option<T>), Failure>
    where
        P: Permission,
        T: Send + 'static,
        F: FnOnce(&mut Db<'_, P>) -> Result<T> + Send + 'static,
    {
        self.unless_known(may, move |seen, db| match seen {
            Some(seen) if !db.is_changed_since(&seen)? => Ok((Some(seen), None)),
            _ => Ok((db.snapshot().cloned(), Some(work(db)?))),
        })
        .await
    }

    /// The same where `work` finds out itself: it is told what the page shows, and answers as of when the page stands
    /// and, unless that is what it shows, what it says.
    pub async fn unless_known<P, T, F>(self, may: &May<P>, work: F) -> Result<(Tag, Option<T>), Failure>
    where
        P: Permission,
        T: Send + 'static,
        F: FnOnce(Option<Snapshot>, &mut Db<'_, P>) -> Result<(Option<Snapshot>, Option<T>)> + Send + 'static,
    {
        let about = about(may.signed_in());
        may.db(move |db| {
            let (sees, found) = work(self.seen(&about), db)?;
            Ok((Tag(sees.map(|sees| format!("{about}{}\"", sees.as_str()))), found))
        })
        .await
    }

    fn seen(&self, about: &str) -> Option<Snapshot> {
        self.0.as_ref()?.strip_prefix(about)?.strip_suffix('"')?.parse().ok()
    }
}

impl Tag {
    /// The page shows all that there is.
    pub fn nothing_new(self) -> Page {
        self.on(Ok(HttpResponse::NotModified().finish()))
    }

    /// The page, and its tag with it.
    pub fn on(self, page: Page) -> Page {
        let mut answer = page?;
        if let Some(tag) = self.0.and_then(|tag| HeaderValue::try_from(tag).ok()) {
            answer.headers_mut().insert(ETAG, tag);
        }
        Ok(answer)
    }
}

/// How a tag begins: whose page it is, where and in which minute.
fn about(who: &SignedIn) -> String {
    let person = who.person();
    let place = person.organization().map(|place| place.to_string()).unwrap_or_default();
    let minute = who.now().0.timestamp() / 60;
    format!("W/\"{place}.{}.{minute}.", person.id())
}
