//! Who is told to come back, and who is not.

use std::num::NonZeroU32;

use school::Uuid;

use super::{
    BEHIND_A_NETWORK, DEAD_LINKS, FILES, FROM_A_NETWORK, Limits, MAILS, MAILS_BY, SCHOOLS, SEARCHES, SIGN_ONS,
};

fn people(count: u32) -> Vec<Uuid> {
    (0..u128::from(count)).map(Uuid::from_u128).collect()
}

#[test]
fn one_address_gets_a_few_mails_and_no_flood() {
    let limits = Limits::default();

    for _ in 0..MAILS.get() {
        assert!(limits.ask_for_mail("rosa@belfry.example", "192.0.2.1").is_ok());
    }

    assert!(limits.ask_for_mail("rosa@belfry.example", "192.0.2.2").is_err());
    assert!(limits.ask_for_mail("tomas@belfry.example", "192.0.2.1").is_ok());
}

#[test]
fn one_network_does_not_ask_for_everybody() {
    let limits = Limits::default();
    let asked = |n: u32| limits.ask_for_mail(&format!("p{n}@belfry.example"), "192.0.2.1");

    assert!((0..FROM_A_NETWORK.get()).all(|n| asked(n).is_ok()));

    assert!(asked(1000).is_err());
    assert!(limits.ask_for_mail("p1000@belfry.example", "192.0.2.9").is_ok());
}

#[test]
fn one_administrator_sends_no_more_than_a_schools_invitations() {
    let (limits, by) = (Limits::default(), Uuid::from_u128(1));
    let sent = |by, n: u32| limits.send_mail(by, &format!("p{n}@belfry.example"));

    assert!((0..MAILS_BY.get()).all(|n| sent(by, n).is_ok()));

    assert!(sent(by, 1000).is_err());
    assert!(sent(Uuid::from_u128(2), 1001).is_ok());
}

#[test]
fn one_network_does_not_send_everybody_to_a_provider() {
    let limits = Limits::default();

    assert!((0..SIGN_ONS.get()).all(|_| limits.sign_on("2001:db8:1:2::/64").is_ok()));

    assert!(limits.sign_on("2001:db8:1:2::/64").is_err());
    assert!(limits.sign_on("2001:db8:1:3::/64").is_ok());
}

#[test]
fn one_network_does_not_try_every_short_name() {
    let limits = Limits::default();

    assert!((0..SCHOOLS.get()).all(|_| limits.look_for_school("192.0.2.1").is_ok()));

    assert!(limits.look_for_school("192.0.2.1").is_err());
    assert!(limits.look_for_school("192.0.2.2").is_ok());
    assert!(limits.sign_on("192.0.2.1").is_ok(), "whoever knows their school goes on");
}

#[test]
fn one_person_searches_and_files_so_much_and_a_network_of_many_people_more() {
    type Ask = fn(&Limits, Uuid, &str) -> school::Result<()>;
    let both: [(NonZeroU32, Ask); 2] = [(SEARCHES, Limits::search), (FILES, Limits::export)];
    for (most, ask) in both {
        let (limits, crowd) = (Limits::default(), people(BEHIND_A_NETWORK.get() + 1));
        let (last, first) = crowd.split_last().unwrap();

        assert!(first.iter().all(|one| (0..most.get()).all(|_| ask(&limits, *one, "192.0.2.1").is_ok())));

        assert!(ask(&limits, first[0], "192.0.2.9").is_err(), "a person elsewhere");
        assert!(ask(&limits, *last, "192.0.2.1").is_err(), "somebody new of the network");
        assert!(ask(&limits, *last, "192.0.2.9").is_ok());
    }
}

#[test]
fn one_network_does_not_fill_the_record_with_links_that_are_dead() {
    let limits = Limits::default();

    assert!((0..DEAD_LINKS.get()).all(|_| limits.use_dead_link("192.0.2.1").is_ok()));

    assert!(limits.use_dead_link("192.0.2.1").is_err());
    assert!(limits.use_dead_link("192.0.2.2").is_ok());
}
