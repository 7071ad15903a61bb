//! Somebody's account: where it stands, what it opens and why, and what was changed of it.

use actix_web::{
    get,
    web::{Path, Query, ServiceConfig},
};
use askama::Template;
use chrono_tz::Tz;
use school::{
    Uuid,
    academics::campus::Campus,
    access::{
        account::{Account, Standing},
        account_staff::Employee,
        grant::Grant,
        holder::Reason,
        own_role::Role,
    },
    clock::local,
    db::Db,
    districts::membership::Membership,
    people::history::Change,
    permit::{CreateUsers, DeleteUsers, ReadPrograms, ReadRoles, ReadStaff, ReadUsers, UpdateUsers},
    reach::Reach,
};
use serde::Deserialize;

use crate::web::{
    access::reaches::in_words,
    dates,
    extract::May,
    filters,
    page::{Area, Shell},
    people::changes::{Told, told},
    reply::{Page, show},
};

/// The routes of this file.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(show_one);
}

/// What is known of an account.
struct Known {
    account: Account,
    is_open: bool,
    role: Option<Role>,
    employee: Option<Employee>,
    reasons: Vec<Reason>,
    grants: Vec<Grant>,
    programs: Vec<Membership>,
    changes: Vec<Change>,
    campuses: Vec<Campus>,
}

fn known(id: Uuid, db: &mut Db<'_, ReadUsers>) -> school::Result<Known> {
    let account = Account::of(id, db)?;
    Ok(Known {
        is_open: account.is_open_to_change(db)?,
        role: Role::named(db)?.into_iter().find(|role| Some(role.id) == account.role_id),
        employee: Employee::of_account(id, db)?,
        reasons: Reason::of_account(id, db)?,
        grants: Grant::of_account(id, db)?,
        programs: Membership::of_account(id, db)?,
        changes: Change::of_account(id, db)?,
        campuses: Campus::known(db)?,
        account,
    })
}

#[derive(Template)]
#[template(path = "access/users/show.html")]
struct Show {
    shell: Shell,
    account: Account,
    standing: Standing,
    role: Option<Role>,
    employee: Option<Employee>,
    reasons: Vec<Reason>,
    grants: Vec<Grant>,
    programs: Vec<Membership>,
    campuses: Vec<Campus>,
    changes: Vec<Told>,
    zone: Tz,
    done: &'static str,
    is_own: bool,
    may_invite: bool,
    may_update: bool,
    may_delete: bool,
    opens_staff: bool,
    opens_roles: bool,
    opens_programs: bool,
}

impl Show {
    /// The campuses to which the role is bound, by name.
    fn bound(&self) -> String {
        let ids = self.account.campuses();
        let named = self.campuses.iter().filter(|campus| ids.contains(&campus.id));
        named.map(|campus| campus.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn in_words(&self, reach: &Reach) -> String {
        in_words(reach, &self.campuses)
    }

    /// How far something reaches that was given directly.
    fn given(&self, grant: &Grant) -> String {
        if grant.campuses.is_empty() {
            return grant.scope.label().to_owned();
        }
        self.in_words(&Reach::Campuses(grant.campuses.clone()))
    }

    fn moment(&self, at: &chrono::DateTime<chrono::Utc>) -> String {
        let (day, time) = local(*at, self.zone);
        format!("{}, {}", dates::full(&day), dates::time(&time))
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    done: String,
}

#[get("/users/{id}")]
async fn show_one(may: May<ReadUsers>, id: Path<Uuid>, asked: Query<Asked>) -> Page {
    let id = *id;
    let known = may.db(move |db| known(id, db)).await?;
    let person = may.signed_in().person();
    let standing = known.account.standing(may.signed_in().now().0);
    show(&Show {
        shell: Shell::of(may.signed_in(), Area::Accounts),
        standing,
        is_own: known.account.id == person.id(),
        account: known.account,
        role: known.role,
        employee: known.employee,
        reasons: known.reasons,
        grants: known.grants,
        programs: known.programs,
        campuses: known.campuses,
        changes: told(&known.changes, person.time_zone()),
        zone: person.time_zone(),
        done: said(&asked.done, standing),
        may_invite: known.is_open && may.also::<CreateUsers>().is_some(),
        may_update: known.is_open && may.also::<UpdateUsers>().is_some(),
        may_delete: known.is_open && may.also::<DeleteUsers>().is_some(),
        opens_staff: may.also::<ReadStaff>().is_some(),
        opens_programs: may.also::<ReadPrograms>().is_some(),
        opens_roles: may.also::<ReadRoles>().is_some(),
    })
}

/// What was done just now.
fn said(word: &str, standing: Standing) -> &'static str {
    match word {
        "invited" => "An invitation is on its way. Its link opens for seven days.",
        "restored" => restored(standing),
        "disabled" => "The account is disabled, and its owner is signed out everywhere.",
        "enabled" => "The account is enabled. Its owner signs in with the password that they had.",
        "unlocked" => "The wrong guesses are forgotten. Nobody has to wait.",
        "signed-out" => "They are signed out everywhere.",
        "second-factor" => {
            "Their second factor is taken away, and they are signed out everywhere and told by mail."
        }
        "sign-on" => "The school’s account opens theirs no more, and they are signed out everywhere.",
        "reset" => "A link for a new password is on its way. It opens for half an hour.",
        "role" => "The role is changed from the next click on.",
        "given" => "The permission is given from the next click on.",
        "taken" => "The permission is taken away from the next click on.",
        "staff" => "The account is tied to the staff record.",
        "no-staff" => "The account belongs to no staff record any more.",
        _ => "",
    }
}

/// What a restored account is worth to its owner.
fn restored(standing: Standing) -> &'static str {
    match standing {
        Standing::Invited => {
            "The account is back. Nobody has come in by it yet, and the link that was sent opens nothing any more: press “Invite again”."
        }
        Standing::Left => {
            "The account is back. By their staff record its owner has left, so nobody comes in by it."
        }
        Standing::Disabled => "The account is back, and disabled as it was. Enable it to let its owner in.",
        Standing::Active | Standing::Guessed | Standing::Deleted => {
            "The account is back, and its owner signs in as before."
        }
    }
}
