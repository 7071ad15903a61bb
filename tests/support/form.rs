//! Forms as a browser reads them off a page, holds and sends them.

use reqwest::Method;

use super::{answer::Answer, person::Person};

/// A form as a browser holds it: read from the page, changed, sent.
pub(crate) struct Typed {
    path: String,
    fields: Vec<(String, String)>,
}

impl Typed {
    /// The form on the `/edit` page of a path, which it is sent to.
    pub(crate) async fn of(person: &Person, path: &str) -> Self {
        let page = person.get(&format!("{path}/edit")).await;
        page.is_ok();
        Self { path: path.to_owned(), fields: fields(&page.body) }
    }

    /// The same with another text in a field.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(other, _)| other != name);
        self.fields.push((name.into(), value.into()));
        self
    }

    /// The same text in the form that an answer shows.
    pub(crate) fn seen_in(self, answer: &Answer) -> Self {
        let seen = fields(&answer.body).into_iter().find(|(name, _)| name == "seen").unwrap();
        self.with("seen", &seen.1)
    }

    /// Sends it.
    pub(crate) async fn send(&self, person: &Person) -> Answer {
        let fields: Vec<(&str, &str)> =
            self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        person.send(Method::POST, &self.path, &fields).await
    }
}

/// The name and value of every input and chosen option of the form with a `seen` field, or of the last form.
pub(crate) fn fields(body: &str) -> Vec<(String, String)> {
    let form = body
        .split("<form")
        .filter(|form| form.contains("method=\"post\"") && !form.contains("/session/end"))
        .last()
        .and_then(|form| form.split("</form>").next())
        .unwrap_or_default();
    let mut found: Vec<(String, String)> = tags(form, "<input")
        .filter(|tag| !tag.contains("type=\"checkbox\"") || tag.contains(" checked"))
        .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
        .collect();
    for select in form.split("<select").skip(1) {
        let chosen = tags(select.split("</select>").next().unwrap_or(""), "<option")
            .find(|option| option.contains(" selected"))
            .and_then(|option| attribute(option, "value"));
        if let Some(name) = attribute(select, "name") {
            found.push((name, chosen.unwrap_or_default()));
        }
    }
    found
}

fn tags<'b>(body: &'b str, tag: &'b str) -> impl Iterator<Item = &'b str> {
    body.split(tag).skip(1).filter_map(|rest| rest.split('>').next())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
    Some(read(value))
}

/// Text as it stood before it was escaped for the page.
pub(crate) fn read(escaped: &str) -> String {
    escaped
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}
