//! Hostile text in every column there is: a real browser opens every page as everybody, and nothing of it runs.

use std::collections::HashSet;

use serde_json::json;

use super::Browser;
use crate::support::{
    Person,
    cast::Cast,
    ground::paint,
    routes::{self, Route},
    samples,
};

/// Out of a tag, out of an attribute, and into a link.
const MARKUP: &str = "\"'><img src=x onerror=alert(1)>";
const LINK: &str = "javascript:alert(1)//";

/// Begins to listen before anything of a page is read.
const LISTENS: &str = "window.ran = [];
    for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => window.ran.push(name);
    addEventListener('securitypolicyviolation', refused => window.ran.push(refused.effectiveDirective));";

/// What ran or was refused, and what stands in the page that no template wrote.
const FOUND: &str = "return window.ran.concat([...document.querySelectorAll(
        'img[src=x], [onerror], [href^=\"javascript:\" i], [action^=\"javascript:\" i], [src^=\"javascript:\" i]')]
    .map(planted => planted.outerHTML));";

impl Browser {
    async fn listens(&self) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LISTENS })).await;
    }

    /// Is somebody who has signed in elsewhere.
    async fn becomes(&self, person: &Person) {
        self.devtools("Network.clearBrowserCookies", json!({})).await;
        for held in person.cookie.iter().flat_map(|cookies| cookies.split("; ")) {
            let (name, value) = held.split_once('=').unwrap();
            let cookie =
                json!({ "name": name, "value": value, "url": self.at("/"), "path": "/", "secure": true });
            assert_eq!(self.devtools("Network.setCookie", cookie).await["success"], true, "{name}");
        }
    }

    async fn found(&self) -> serde_json::Value {
        self.run(FOUND).await
    }
}

/// What a page shows in its middle, by which the same page of two people is opened once.
fn middle(body: &str) -> &str {
    body.split_once("<main").map_or(body, |(_, middle)| middle)
}

#[actix_web::test]
async fn nothing_that_is_kept_runs_on_any_page_of_anybody_t43() {
    let cast = Cast::assemble().await;
    cast.school.lives().await;
    let looks = routes::all().into_iter().filter(Route::looks);
    let paths: Vec<_> = looks.map(|route| route.filled(&samples::values(&route, &cast.school))).collect();
    let browser = Browser::open(&cast.school).await;
    browser.listens().await;
    let mut seen = HashSet::new();

    for sign in [LINK, MARKUP] {
        let painted = paint(cast.school.organization, sign);
        assert!(painted > 30, "only {painted} columns took {sign}");
        for (role, person) in cast.people() {
            browser.becomes(person).await;
            for path in &paths {
                let answer = person.get(path).await;
                let is_page = answer.header("content-type").starts_with("text/html");
                if !is_page || answer.status != 200 || !seen.insert(middle(&answer.body).to_owned()) {
                    continue;
                }
                browser.go(path).await;
                assert_eq!(browser.status().await, 200, "{path} as {role}");
                assert_eq!(browser.found().await, json!([]), "{path} as {role}");
            }
        }
    }

    assert!(seen.len() > 200, "only {} pages were opened", seen.len());
    let planted =
        format!("document.body.insertAdjacentHTML('beforeend', '<p title=\"' + `{MARKUP}` + '\">')");
    browser.run(&planted).await;
    assert_ne!(browser.found().await, json!([]), "markup would not be found");
}
