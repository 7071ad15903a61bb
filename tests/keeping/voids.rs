//! Whatever lets somebody in is void in what a backup brings back, whichever table keeps it.

use std::collections::BTreeSet;

use crate::support::database::{lines, owner};

const SETTLING: &str = include_str!("../../crates/school/src/sql/settle_restored.sql");

/// Tables with a secret that stays good, and why.
const STAYS: [(&str, &str); 3] = [
    (
        "known_devices",
        "only keeps strangers' wrong guesses from locking its owner out; nobody gets in with it",
    ),
    ("password_histories", "passwords that may not be used again"),
    ("recovery_codes", "the only way in for whoever lost a second factor, and used up one by one"),
];

#[test]
fn every_table_that_lets_somebody_in_is_void_after_a_restore_or_says_why_not_t97() {
    let secret = "select distinct table_name::text as line from information_schema.columns where table_schema = 'public'
                  and (column_name in ('expires_at', 'until_at', 'next_secret') or column_name like '%\\_hash') and column_name <> 'import_hash'
                  order by 1";
    let secret: BTreeSet<String> = lines(&mut owner(), secret).into_iter().collect();

    assert!(secret.len() > 8, "{secret:?}");
    for table in &secret {
        let is_void = SETTLING.contains(&format!("update {table} set"));
        let stays = STAYS.iter().any(|(name, _)| name == table);
        assert!(
            is_void != stays,
            "{table} keeps a secret: void it in crates/school/src/sql/settle_restored.sql"
        );
    }
}
