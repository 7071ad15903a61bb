//! What came back, asked about in a reader's words.

use reqwest::{RequestBuilder, StatusCode, header::HeaderMap};

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) async fn of(request: RequestBuilder) -> Self {
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        Self { status, headers, body: answer.text().await.unwrap() }
    }

    /// A header's value; empty where it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The session cookie that was set, as a browser sends it back.
    pub(crate) fn cookie(&self) -> Option<String> {
        self.cookie_called("__Host-belfry")
    }

    /// A cookie that was set, as a browser sends it back.
    pub(crate) fn cookie_called(&self, name: &str) -> Option<String> {
        self.headers
            .get_all("set-cookie")
            .iter()
            .filter_map(|set| set.to_str().ok()?.split(';').next())
            .find(|set| set.split('=').next() == Some(name))
            .map(str::to_owned)
    }

    /// The path that it sends a browser to.
    #[track_caller]
    pub(crate) fn leads(&self) -> String {
        self.has_status(303);
        self.header("location").to_owned()
    }

    /// Whether it sends a browser to a page.
    pub(crate) fn leads_to(&self, path: &str) -> bool {
        self.status == StatusCode::SEE_OTHER && self.header("location").split('?').next() == Some(path)
    }

    #[track_caller]
    pub(crate) fn has_status(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "to {:?}: {}", self.headers.get("location"), self.body);
        self
    }

    #[track_caller]
    pub(crate) fn is_ok(&self) -> &Self {
        self.has_status(200)
    }

    #[track_caller]
    pub(crate) fn is_forbidden(&self) -> &Self {
        self.has_status(403)
    }

    #[track_caller]
    pub(crate) fn is_missing(&self) -> &Self {
        self.has_status(404)
    }

    #[track_caller]
    pub(crate) fn shows(&self, text: &str) -> &Self {
        assert!(self.body.contains(text), "the page does not show {text:?}:\n{}", self.body);
        self
    }

    #[track_caller]
    pub(crate) fn hides(&self, text: &str) -> &Self {
        assert!(!self.body.contains(text), "the page shows {text:?}:\n{}", self.body);
        self
    }

    #[track_caller]
    pub(crate) fn redirects_to(&self, path: &str) -> &Self {
        assert_eq!((self.status.as_u16(), self.header("location")), (303, path), "{}", self.body);
        self
    }

    /// A message by a field of a form that was shown again.
    #[track_caller]
    pub(crate) fn field_error(&self, field: &str, message: &str) -> &Self {
        self.has_status(422);
        let by_field = format!("id=\"{field}-error\"");
        let said = self
            .body
            .split(&by_field)
            .nth(1)
            .unwrap_or_else(|| panic!("no error by {field}:\n{}", self.body));
        assert!(said.split("</").next().is_some_and(|said| said.contains(message)), "{said}");
        self
    }
}
