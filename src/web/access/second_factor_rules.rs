//! Which roles demand a second factor.

use actix_web::{
    get, post,
    web::{Query, ServiceConfig},
};
use askama::Template;
use school::{Uuid, access::second_factor_rule::Rule, permit::UpdateSecondFactorRules};
use serde::Deserialize;

use crate::web::{
    extract::May,
    failure::Failure,
    filters,
    form::{Errors, Fields},
    page::{Area, Shell},
    reply::{Page, see_other, show, show_again},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).service(update);
}

#[derive(Template)]
#[template(path = "access/second_factor_rules/index.html")]
struct Index {
    shell: Shell,
    rules: Vec<Rule>,
    is_kept: bool,
    errors: Errors,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    done: String,
}

async fn page(may: &May<UpdateSecondFactorRules>, errors: Errors) -> Result<Index, Failure> {
    let rules = may.db(Rule::all).await?;
    Ok(Index { shell: Shell::of(may.signed_in(), Area::SecondFactor), rules, is_kept: false, errors })
}

#[get("/second-factor-rules")]
async fn index(may: May<UpdateSecondFactorRules>, asked: Query<Asked>) -> Page {
    let page = page(&may, Errors::default()).await?;
    show(&Index { is_kept: asked.done == "kept", ..page })
}

#[post("/second-factor-rules")]
async fn update(may: May<UpdateSecondFactorRules>, fields: Fields) -> Page {
    let ticked = fields.get("role[]").lines().filter(|line| !line.is_empty());
    let Some(roles) = ticked.map(|id| Uuid::parse_str(id).ok()).collect::<Option<Vec<_>>>() else {
        let mut errors = Errors::default();
        errors.add("role", "Choose roles from the list.");
        return show_again(&page(&may, errors).await?);
    };
    may.db(move |db| Rule::demand(&roles, db)).await?;
    see_other("/second-factor-rules?done=kept")
}
