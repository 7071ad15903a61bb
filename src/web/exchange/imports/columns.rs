//! What the columns of a table are: proposed from their names or from last time, and said by whoever uploaded it.

use actix_web::{
    get, post,
    web::{Data, Path, Query, ServiceConfig},
};
use askama::Template;
use school::{
    Uuid,
    access::looked::Kind,
    exchange::{
        import_run::Matching,
        tables::{Answers, DayOrder, Field, Shape},
    },
    permit::CreateImportRuns,
};
use serde::Deserialize;

use crate::{
    jobs::Bell,
    web::{
        extract::May,
        filters,
        form::{Errors, Fields},
        page::{Area, Shell},
        reply::{Page, see_other, show, show_again},
    },
};

/// First values of a column that are shown.
const SHOWN: usize = 3;

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(index).service(create);
}

#[derive(Template)]
#[template(path = "exchange/imports/columns.html")]
struct Columns {
    shell: Shell,
    matching: Matching,
    /// The table's words for marks, each with how often.
    words: Vec<(String, usize)>,
    first_rows: Vec<Vec<String>>,
    errors: Errors,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    sheet: String,
}

#[get("/imports/{id}/columns")]
async fn index(may: May<CreateImportRuns>, id: Path<Uuid>, wanted: Query<Wanted>) -> Page {
    let sheet = Some(wanted.into_inner().sheet).filter(|sheet| !sheet.is_empty());
    let matching = may
        .db(move |db| {
            db.saw(Kind::Import, []);
            Matching::of(*id, sheet.as_deref(), db)
        })
        .await?;
    show(&Columns::of(&may, matching, Errors::default()))
}

#[post("/imports/{id}/columns")]
async fn create(may: May<CreateImportRuns>, id: Path<Uuid>, fields: Fields, bell: Data<Bell>) -> Page {
    let id = *id;
    let mut errors = Errors::default();
    let answers = answers(&fields, &mut errors);
    let Some((matching, faults)) = may.db(move |db| Matching::say(id, &answers, db)).await? else {
        bell.ring(may.signed_in().person().organization());
        return see_other(format!("/imports/{id}"));
    };
    for (field, message) in faults {
        errors.add(field, message);
    }
    show_again(&Columns::of(&may, matching, errors))
}

/// What a form says. A campus or year that is no id counts as none, which the domain asks for.
fn answers(fields: &Fields, errors: &mut Errors) -> Answers {
    let numbered = |start: &'static str| {
        let sent = fields.0.iter().filter(|(_, value)| !value.is_empty());
        sent.filter_map(move |(name, value)| Some((name.strip_prefix(start)?.parse::<usize>().ok()?, value)))
    };
    let words =
        numbered("word-").map(|(at, code)| (fields.get(&format!("said-{at}")).to_owned(), code.clone()));
    let text = |name| Some(fields.get(name).to_owned()).filter(|text| !text.is_empty());
    Answers {
        columns: numbered("column-").map(|(place, field)| (place, field.clone())).collect(),
        day_order: DayOrder::named(fields.get("day_order")),
        campus: errors.choice("campus", fields.get("campus")),
        year: errors.choice("year", fields.get("year")),
        words: words.filter(|(word, _)| !word.is_empty()).collect(),
        sheet: text("sheet"),
        is_whole: fields.get("is_whole") == "yes",
    }
}

impl Columns {
    fn of(may: &May<CreateImportRuns>, matching: Matching, errors: Errors) -> Self {
        Self {
            shell: Shell::of(may.signed_in(), Area::Imports),
            words: matching.words().into_iter().collect(),
            first_rows: matching.table.first_rows(),
            matching,
            errors,
        }
    }

    fn path(&self) -> String {
        format!("/imports/{}", self.matching.run.id)
    }

    /// `column-3`: the field of one of several.
    fn name(&self, one: &str, at: &usize) -> String {
        format!("{one}-{at}")
    }

    /// The first values of a column, blanks left out.
    fn values(&self, place: &usize) -> Vec<&str> {
        let cells = self.first_rows.iter().filter_map(|row| row.get(*place)).map(String::as_str);
        cells.filter(|cell| !cell.is_empty()).take(SHOWN).collect()
    }

    fn fields(&self) -> &'static [Field] {
        self.matching.kind.fields()
    }

    fn is_field(&self, column: &str, field: &Field) -> bool {
        self.matching.mapping.columns.get(column).is_some_and(|mapped| mapped == field.name)
    }

    fn is_code(&self, word: &str, code: &str) -> bool {
        self.matching.mapping.words.get(word).is_some_and(|said| said == code)
    }

    fn chosen(&self, id: &Option<Uuid>) -> String {
        id.map(|id| id.to_string()).unwrap_or_default()
    }

    fn has_days(&self) -> bool {
        self.fields().iter().any(|field| field.shape == Shape::Day)
    }

    fn is_order(&self, order: &DayOrder) -> bool {
        self.matching.mapping.day_order.as_ref() == Some(order)
    }

    fn is_sheet(&self, name: &str, at: &usize) -> bool {
        self.matching.mapping.sheet.as_deref().map_or(*at == 0, |sheet| sheet == name)
    }

    /// Labels of what a table of this kind must have.
    fn needed(&self) -> String {
        let label = |name: &&'static str| self.matching.kind.field(name).map(|field| field.label);
        let groups = self.matching.kind.needs().iter();
        let groups = groups.map(|group| group.iter().filter_map(label).collect::<Vec<_>>().join(" or "));
        groups.collect::<Vec<_>>().join(", ")
    }
}
