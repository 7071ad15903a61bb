//! One school with one person of each role, and a stranger: who tries every route.

use super::{
    answer::Answer,
    database::{lobby, run},
    person::{Person, Role},
    routes::Route,
    samples::{self, Form},
    school::{PASSWORD, School},
};

/// A school with everybody in it.
pub(crate) struct Cast {
    pub(crate) school: School,
    people: Vec<(&'static str, Person)>,
}

impl Cast {
    /// A school where one person of each built-in role has signed in.
    pub(crate) async fn assemble() -> Self {
        let school = School::open().await;
        let mut people = vec![("anonymous", school.outsider())];
        for role in Role::ALL {
            people.push((role.slug(), school.sign_in(role).await));
        }
        people.push(("visiting", visitor(&school).await));
        people.push(("none", nobody_in_particular(&school).await));
        Self { school, people }
    }

    /// The same, and an administrator whose role is bound to another campus, where nothing is of what the samples make.
    pub(crate) async fn with_somebody_bound() -> Self {
        let mut cast = Self::assemble().await;
        let bound = bound_elsewhere(&cast.school).await;
        cast.people.push(("bound", bound));
        cast
    }

    /// Everybody by the name of their role, the stranger first.
    pub(crate) fn people(&self) -> impl Iterator<Item = (&'static str, &Person)> {
        self.people.iter().map(|(name, person)| (*name, person))
    }

    /// Somebody of a role.
    pub(crate) fn the(&self, role: Role) -> &Person {
        self.people().find(|(name, _)| *name == role.slug()).unwrap().1
    }

    /// What a route answers to somebody who sends what the samples say.
    pub(crate) async fn tries(&self, person: &Person, route: &Route) -> Answer {
        let values = samples::values(route, &self.school);
        let form = samples::filled(route, &self.school, &values);
        self.sends(person, route, &values, &form).await
    }

    /// What a route answers to somebody, with these values in its path and this form.
    pub(crate) async fn sends(
        &self,
        person: &Person,
        route: &Route,
        values: &[String],
        form: &Form,
    ) -> Answer {
        let person = self.spare(person, route).await;
        send(&person, route, values, form).await
    }

    /// The same person in another browser where a route would end the session; a colleague where one changes how one
    /// comes in, which counts wrong guesses and ends other sessions. Whoever enters an organization is another one, too.
    pub(crate) async fn spare(&self, person: &Person, route: &Route) -> Person {
        let ends = route.path.starts_with("/session");
        let enters = route.path.starts_with("/organizations/") || route.path == "/visit/end";
        let is_visiting =
            self.people.iter().any(|(name, one)| *name == "visiting" && one.email == person.email);
        if person.cookie.is_none() || route.looks() {
            person.clone()
        } else if (ends || enters) && is_visiting {
            visitor(&self.school).await
        } else if (ends || enters) && self.the(Role::Platform).email == person.email {
            self.school.sign_in(Role::Platform).await
        } else if ends {
            self.school.outsider().signing_in(&person.email, PASSWORD).await
        } else if route.path.starts_with("/account/") {
            self.school.sign_in(super::Supervisor).await
        } else {
            person.clone()
        }
    }
}

/// Somebody of the platform who has entered a school for a while.
async fn visitor(school: &School) -> Person {
    let person = school.sign_in(Role::Platform).await;
    let path = format!("/organizations/{}/visits", school.organization);
    let asked = [("reason", "Their board shows no registers"), ("minutes", "30")];
    let answer = person.post(&path, asked).await;
    answer.redirects_to("/");
    person.keeps(&answer)
}

/// An administrator of another campus than the school's first, who works there.
async fn bound_elsewhere(school: &School) -> Person {
    let (campus, email) = (school.second_campus("Hill Road"), school.employ(Role::Administrator));
    run(&mut lobby(), &format!("update users set role_campus_ids = '{{{campus}}}' where email = '{email}'"));
    let moved = format!(
        "update staff set campus_id = '{campus}' where organization_id = $1 and user_id = (select id from users where email = $2)"
    );
    school.run(&moved, &email);
    let mut person = school.outsider().signing_in(&email, PASSWORD).await;
    person.email = email;
    person
}

/// Somebody who has an account here and no role.
async fn nobody_in_particular(school: &School) -> Person {
    let email = school.employ(Role::Teacher);
    let taken = format!("update users set role_id = null where email = '{email}'");
    run(&mut lobby(), &taken);
    let mut person = school.outsider().signing_in(&email, PASSWORD).await;
    person.email = email;
    person
}

/// One request as a page of ours sends it.
pub(crate) async fn send(person: &Person, route: &Route, values: &[String], form: &Form) -> Answer {
    let path = route.filled(values);
    if route.looks() {
        return person.get(&path).await;
    }
    if let Some((file, content)) =
        form.iter().find_map(|(name, value)| Some((name.strip_prefix('@')?, value)))
    {
        let others = form.iter().filter(|(name, _)| !name.starts_with('@'));
        let fields: Vec<_> = others.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        return person.uploads(&path, &fields, (file, "roster.zip", content.as_bytes())).await;
    }
    let fields: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    person.send(route.method(), &path, &fields).await
}
