//! What was asked of a list: `?q=…&sort=…&after=…`, read once for every list.

use std::{collections::BTreeMap, future::Ready, future::ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use school::{Uuid, slice::Listing};

use super::form::{Unreadable, read};

/// A [`Listing`] with the address that asked for it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What was asked.
    pub listing: Listing,
    path: String,
}

impl FromRequest for Asked {
    type Error = Unreadable;
    type Future = Ready<Result<Self, Unreadable>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let path = request.path().to_owned();
        ready(read(request.query_string().as_bytes()).ok_or(Unreadable::Garbled).map(|fields| {
            let mut filters = fields.0;
            // No text that is kept holds one, and the database takes none.
            filters.values_mut().for_each(|value| value.retain(|letter| letter != '\0'));
            let search: String = filters.remove("q").unwrap_or_default().chars().take(100).collect();
            let sort = filters.remove("sort").unwrap_or_default();
            let after = filters.remove("after").and_then(|after| {
                let (id, value) = after.split_once(' ')?;
                Some((value.to_owned(), Uuid::parse_str(id).ok()?))
            });
            Self { listing: Listing { search, sort, after, filters }, path }
        }))
    }
}

impl Asked {
    /// The same list at its own address, where a form below it was sent.
    #[must_use]
    pub fn at(self, path: String) -> Self {
        Self { path, ..self }
    }

    /// The address of the next page, after a row with this sort value.
    #[must_use]
    pub fn next(&self, value: &str, id: &Uuid) -> String {
        let mut with = self.named();
        with.insert("after", format!("{id} {value}"));
        self.address(&with)
    }

    /// The address of the first page with the same search and filters.
    #[must_use]
    pub fn first(&self) -> String {
        self.address(&self.named())
    }

    /// The address of the whole list as a file, with the same search, filters and order.
    #[must_use]
    pub fn file(&self, format: &str) -> String {
        let mut address = self.address(&self.named());
        address.insert_str(self.path.len(), &format!(".{format}"));
        address
    }

    /// The address of the first page in another order.
    #[must_use]
    pub fn sorted(&self, sort: &str) -> String {
        let mut with = self.named();
        with.insert("sort", sort.to_owned());
        self.address(&with)
    }

    /// The address of the first page with one filter set otherwise.
    #[must_use]
    pub fn with(&self, filter: &str, value: &str) -> String {
        let mut with = self.named();
        with.insert(filter, value.to_owned());
        self.address(&with)
    }

    /// Whether the list stands in this order; `usual` where nobody chose another.
    #[must_use]
    pub fn is_sorted(&self, sort: &str, usual: &str) -> bool {
        match self.listing.sort.as_str() {
            "" => sort == usual,
            chosen => sort == chosen,
        }
    }

    /// Whether a filter has this value.
    #[must_use]
    pub fn chose(&self, filter: &str, value: &str) -> bool {
        self.listing.filter(filter) == Some(value)
    }

    /// Whether anything narrows the list.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.listing.search.trim().is_empty() || self.listing.filters.values().any(|value| !value.is_empty())
    }

    fn named(&self) -> BTreeMap<&str, String> {
        let mut named: BTreeMap<&str, String> = BTreeMap::new();
        for (name, value) in &self.listing.filters {
            named.insert(name, value.clone());
        }
        named.insert("q", self.listing.search.clone());
        named.insert("sort", self.listing.sort.clone());
        named.retain(|_, value| !value.is_empty());
        named
    }

    fn address(&self, named: &BTreeMap<&str, String>) -> String {
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let query: Vec<_> =
            named.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        if query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, query.join("&")) }
    }
}
