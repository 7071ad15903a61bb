//! Accounts and roles, as tests that look after them find them.

use super::{
    database::{lines, lobby, run},
    person::{Person, Role},
    school::School,
};

impl School {
    /// The path of the account behind an address.
    pub(crate) fn account(&self, email: &str) -> String {
        let query = format!(
            "select '/users/' || id as line from users where email_canonical = lower('{email}') order by deleted_at desc nulls first"
        );
        lines(&mut lobby(), &query).remove(0)
    }

    /// Somebody with a role who has signed in, and the path of their account.
    pub(crate) async fn colleague(&self, role: Role) -> (Person, String) {
        let person = self.sign_in(role).await;
        let path = self.account(&person.email);
        (person, path)
    }

    /// The id of a role by its name: a built-in one, or one of this school's own.
    pub(crate) fn role(&self, name: &str) -> String {
        let query = format!(
            "select id::text as line from roles where name = '{name}' and deleted_at is null
             and (organization_id is null or organization_id = '{}')",
            self.organization
        );
        lines(&mut lobby(), &query).remove(0)
    }

    /// A role of this school's own that opens these, each with its scope, held by somebody.
    pub(crate) fn holds(&self, email: &str, name: &str, permissions: &[(&str, &str)]) -> String {
        let rows: String = permissions
            .iter()
            .map(|(permission, scope)| {
                format!("insert into role_permissions (role_id, permission, scope) select id, '{permission}', '{scope}' from roles where name = '{name}' and organization_id = '{0}';", self.organization)
            })
            .collect();
        let made = format!(
            "insert into roles (id, organization_id, name) values (gen_random_uuid(), '{0}', '{name}'); {rows}
             update users set role_id = (select id from roles where name = '{name}' and organization_id = '{0}') where email = '{email}'",
            self.organization
        );
        run(&mut lobby(), &made);
        self.role(name)
    }

    /// Gives somebody a permission directly.
    pub(crate) fn gives(&self, email: &str, permission: &str, scope: &str) {
        let given = format!(
            "insert into user_custom_permissions (user_id, permission, scope) select id, '{permission}', '{scope}' from users where email = '{email}'"
        );
        run(&mut lobby(), &given);
    }

    /// One value of an account.
    pub(crate) fn kept(&self, email: &str, column: &str) -> String {
        let query = format!(
            "select ({column})::text as line from users where email_canonical = lower('{email}') order by deleted_at desc nulls first"
        );
        lines(&mut lobby(), &query).remove(0)
    }

    /// Another campus, where nobody works yet.
    pub(crate) fn second_campus(&self, name: &str) -> String {
        let made = "insert into campuses (organization_id, id, name, code, day_starts_at, day_ends_at) values ($1, gen_random_uuid(), $2, 'C2', '08:30', '15:30')";
        self.run(made, name);
        let query = format!("select id::text as line from campuses where name = '{name}'");
        lines(&mut super::database::within(self.organization), &query).remove(0)
    }
}
