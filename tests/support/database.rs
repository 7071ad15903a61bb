//! One migrated database for the whole run: the server in the environment, else a private one.

use std::sync::OnceLock;

use belfry::config::Serving;
use diesel::{Connection, PgConnection};
use school::{
    clock::Clock,
    db::{Addresses, Database},
    lobby::Lobby,
    migrations,
};

/// Where the database is, for each of the three roles.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) addresses: Addresses,
    pub(crate) owner: String,
}

/// The database of this run, migrated once.
#[expect(
    clippy::disallowed_methods,
    reason = "tests are told by the environment which server to use"
)]
pub(crate) fn place() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let told = |name| {
            std::env::var(name)
                .unwrap_or_else(|_| panic!("run the tests with bin/scratch, or set {name}"))
        };
        let addresses = Addresses {
            app: told("DATABASE_URL"),
            lobby: told("BELFRY_LOBBY_URL"),
        };
        let owner = told("BELFRY_OWNER_URL");
        migrations::bring_up_to_date(&owner).unwrap();
        Lobby::of(
            &Database::new(&addresses, 1, Clock::default()),
            Serving::usual(),
        )
        .publish_permissions()
        .unwrap();
        Place { addresses, owner }
    })
}

/// A connection as the owner, for a test that must see or break what people cannot.
pub(crate) fn owner() -> PgConnection {
    PgConnection::establish(&place().owner).unwrap()
}
