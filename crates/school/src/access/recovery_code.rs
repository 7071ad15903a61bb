//! Codes on paper, each good once: for whoever lost the phone that makes the others.

use chrono::{DateTime, Utc};
use diesel::{PgConnection, prelude::*};
use schema::recovery_codes as codes;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    clock::new_id,
    error::{Error, Result},
};

/// So many are made at a time.
pub const MANY: usize = 10;
/// Bytes of chance in each: 80 bits, so that their plain hashes are not guessed either.
const LENGTH: usize = 10;
/// What they are written with: nothing that looks like something else.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Makes ten anew, in place of those before, and answers them for this once.
pub(crate) fn renew(user: Uuid, now: DateTime<Utc>, conn: &mut PgConnection) -> Result<Vec<String>> {
    forget(user, conn)?;
    let made = (0..MANY).map(|_| made()).collect::<Result<Vec<String>>>()?;
    let rows: Vec<_> = made
        .iter()
        .map(|code| {
            (
                codes::id.eq(new_id()),
                codes::user_id.eq(user),
                codes::code_hash.eq(hash(user, &read(code))),
                codes::created_at.eq(now),
            )
        })
        .collect();
    diesel::insert_into(codes::table).values(rows).execute(conn)?;
    Ok(made)
}

/// Whether a code is one of a user's that was not used before; of many at once one succeeds.
pub(crate) fn use_one(
    user: Uuid,
    typed: &str,
    now: DateTime<Utc>,
    conn: &mut PgConnection,
) -> QueryResult<bool> {
    let used = diesel::update(codes::table)
        .filter(codes::user_id.eq(user))
        .filter(codes::code_hash.eq(hash(user, &read(typed))))
        .filter(codes::used_at.is_null())
        .set(codes::used_at.eq(now))
        .execute(conn)?;
    Ok(used == 1)
}

/// How many are left.
pub(crate) fn left(user: Uuid, conn: &mut PgConnection) -> QueryResult<i64> {
    codes::table.filter(codes::user_id.eq(user)).filter(codes::used_at.is_null()).count().get_result(conn)
}

/// None opens anything any more.
pub(crate) fn forget(user: Uuid, conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::delete(codes::table.filter(codes::user_id.eq(user))).execute(conn)
}

/// Sixteen letters in groups of four.
fn made() -> Result<String> {
    let mut bytes = [0_u8; LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
    let bits = bytes.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    let letter = |at: u32| {
        let index = usize::try_from(bits >> (at * 5) & 31).unwrap_or_default();
        char::from(LETTERS[index])
    };
    let letters: Vec<char> = (0..16).map(letter).collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

/// As it was made, however somebody types it off the paper.
fn read(typed: &str) -> String {
    let plain = typed.chars().filter(char::is_ascii_alphanumeric);
    plain
        .map(|letter| match letter.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            letter => letter,
        })
        .collect()
}

fn hash(user: Uuid, code: &str) -> Vec<u8> {
    Sha256::new().chain_update(user.as_bytes()).chain_update(code.as_bytes()).finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::{made, read};

    #[test]
    fn a_code_is_read_however_it_is_typed_off_the_paper() {
        let code = made().unwrap();

        assert_eq!(code.len(), 19, "{code}");
        assert_eq!(read(&code).len(), 16);
        for typed in
            [code.to_uppercase(), code.replace('-', " "), format!("  {code}\n"), code.replace('0', "O")]
        {
            assert_eq!(read(&typed), read(&code), "{typed}");
        }
        assert_ne!(code, made().unwrap());
    }
}
