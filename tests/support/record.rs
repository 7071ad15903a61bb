//! The record of change, on the day on which a test's school stands.

use super::{
    School,
    database::{run, within},
};

impl School {
    /// Whatever was changed so far was changed on the school's own day too. A change carries the database's time, which no
    /// test sets, so that without this a list of the school's day is empty.
    pub(crate) fn changed_it_today(&self) {
        let now = self.clock.now().to_rfc3339();
        let copied = format!(
            "insert into change_events (organization_id, id, at, user_id, entity, subject_id, operation, changes)
             select organization_id, (lpad(to_hex((extract(epoch from day) * 1000)::bigint), 12, '0') || substr(md5(id::text), 13))::uuid,
                    day, user_id, entity, subject_id, operation, changes
               from change_events, (select '{now}'::timestamptz as day) today"
        );
        run(&mut within(self.organization), &copied);
    }
}
