//! A school that imports a roster, and what one may ask of it afterwards.

use diesel::{
    PgConnection,
    connection::SimpleConnection,
    dsl::sql,
    prelude::*,
    sql_types::{BigInt, Nullable, Text},
};
use school::{
    Result,
    db::{Access, Intent},
    exchange::{
        oneroster::Bundle,
        roster::{Report, Tally, Wishes, import},
    },
    permit::CreateImportRuns,
};

use crate::support::{Administrator, School, database::owner, export::Export};

impl School {
    /// Somebody who may import, acting at this machine.
    pub(super) fn importer(&self) -> Access<CreateImportRuns> {
        let email = self.employ(Administrator);
        self.lobby.act_as(&email, &self.slug).unwrap().may(Intent::Write).unwrap()
    }

    pub(super) fn try_import(&self, bundle: Bundle, wishes: &Wishes) -> Result<Report> {
        import(bundle, wishes, &self.importer())
    }

    pub(super) fn imports(&self, export: &Export) -> Report {
        let wishes = Wishes { file_name: "roster.zip".into(), ..Wishes::default() };
        self.try_import(export.open().unwrap(), &wishes).unwrap()
    }

    /// The database as this school's own rows, seen past every permission.
    fn rows(&self) -> PgConnection {
        let mut conn = owner();
        let id = self.organization;
        conn.batch_execute(&format!("select set_config('app.organization_id', '{id}', false)")).unwrap();
        conn
    }

    /// How many rows `from` names: a table with its conditions.
    pub(super) fn count(&self, from: &str) -> i64 {
        let query = diesel::select(sql::<BigInt>(&format!("(select count(*) from {from})")));
        query.get_result(&mut self.rows()).unwrap()
    }

    /// The only value of a query, as text.
    pub(super) fn text(&self, query: &str) -> String {
        let query = diesel::select(sql::<Nullable<Text>>(&format!("({query})::text")));
        let found: Option<String> = query.get_result(&mut self.rows()).unwrap();
        found.unwrap_or_default()
    }

    /// Somebody edits something here, whoever may.
    pub(super) fn edit(&self, statement: &str) {
        self.rows().batch_execute(statement).unwrap();
    }
}

/// Created, changed, ended, unchanged.
pub(super) fn numbers(tally: Tally) -> [usize; 4] {
    [tally.created, tally.changed, tally.ended, tally.unchanged]
}

pub(super) fn conflicts(report: &Report) -> Vec<String> {
    let fields = report.conflicts.iter();
    fields
        .map(|field| {
            format!("{}:{} {}: {} ({})", field.file, field.line, field.field, field.reason, field.value)
        })
        .collect()
}
