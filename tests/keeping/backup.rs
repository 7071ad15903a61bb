//! The drill: a school is backed up while it works, comes back elsewhere, and whatever opened it before opens nothing.

use std::{os::unix::fs::PermissionsExt as _, process::Command};

use actix_web::cookie::Key;
use belfry::postgres::Postgres;

use super::{belfry, counts, done, ready};
use crate::{
    postgres::{Folder, ask},
    support::{
        Administrator, School, Teacher,
        command::said,
        school::{PASSWORD, morning, unique},
    },
};

/// Makes a busy school in a database of its own.
async fn school_in(at: &school::db::Addresses, key: &Key) -> School {
    let school = School::open_on(at, morning(), |parts| parts.key = key.clone()).await;
    for name in ["Amal", "Kwame", "Ines"] {
        school.enroll(name, "Aguiar");
    }
    school
}

#[actix_web::test]
async fn a_school_comes_back_and_whatever_opened_it_before_opens_nothing_t96_t97() {
    let (folder, postgres, at) = ready();
    let key = Key::generate();
    let school = school_in(&at, &key).await;
    let (teacher, administrator) = (school.sign_in(Teacher).await, school.employ(Administrator));
    let student = school.enroll("Zofia", "Nowak");
    teacher.submits(&school, &[(student, "late", 0)]).await.redirects_to(&school.register());
    school.outsider().post("/password-reset", [("email", &*administrator)]).await;
    let link = school.post_comes().remove(0).path();
    let staying = [("email", &*administrator), ("password", PASSWORD), ("stay", "yes")];
    let kept = school.outsider().post("/session", staying).await;
    let administrator_before = school.outsider().keeps(&kept);
    administrator_before.get("/").await.has_status(303);
    super::seals::sealed(&school).unwrap();
    let waiting = school.employ(Teacher);
    school.outsider().post("/password-reset", [("email", &*waiting)]).await.has_status(303);
    let file = folder.path.with_file_name("school.backup");

    done(&belfry(&folder.path, &["backup"], &file));

    let elsewhere = Folder::new();
    let told = done(&belfry(&elsewhere.path, &["restore"], &file));
    assert!(told.contains("every key holds, and the walls between organizations stand"), "{told}");
    assert!(told.contains("2 sessions"), "{told}");
    assert!(told.contains("1 links") && told.contains("1 renewals"), "{told}");
    assert!(told.contains("1 mail"), "a mail that waited is not sent a second time: {told}");
    assert!(told.contains("every day is worth what its marks say"), "{told}");
    assert!(told.contains("the record is as it was sealed"), "{told}");
    let restored = elsewhere.start();
    let of_this_server = "select count(*)::text from change_events where transaction_id >= 0";
    assert_eq!(crate::postgres::ask(&restored.addresses().superuser, of_this_server), "0");
    assert_eq!(
        without_what_is_looked_at(&counts(&restored.addresses())),
        without_what_is_looked_at(&counts(&postgres.addresses()))
    );

    let there = restored.addresses();
    let there = school::db::Addresses { app: there.app, lobby: there.lobby };
    let moved = school.moved_to(&there, |parts| parts.key = key.clone()).await;
    assert!(moved.post_comes().is_empty());
    for before in [&teacher, &administrator_before] {
        let here = moved.outsider().holding(before.cookie.clone());
        here.get("/today").await.redirects_to("/sign-in?next=%2Ftoday");
    }
    moved.outsider().get(&link).await.hides(&administrator);
    moved.outsider().post(&link, [("password", "quiet otters fold maps")]).await.hides("new-password=1");
    let again = moved.outsider().signing_in(&teacher.email, PASSWORD).await;
    again.get(&moved.register()).await.shows("Nowak").shows("Late");
    moved
        .outsider()
        .signing_in(&administrator, PASSWORD)
        .await
        .get(&format!("/students/{student}"))
        .await
        .is_ok();
    teacher.get(&school.register()).await.shows("Nowak");
}

/// Looks that were kept after the backup are in one of the two only.
fn without_what_is_looked_at(counts: &str) -> String {
    counts.split_once("campuses").unwrap().1.to_owned()
}

#[actix_web::test]
async fn a_backup_is_readable_for_its_owner_alone_and_replaces_nothing() {
    let (folder, _postgres, at) = ready();
    school_in(&at, &Key::generate()).await;
    let file = folder.path.with_file_name("school.backup");

    done(&belfry(&folder.path, &["backup"], &file));

    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let before = std::fs::read(&file).unwrap();
    super::refused(&belfry(&folder.path, &["backup"], &file), "is there already");
    assert_eq!(std::fs::read(&file).unwrap(), before);
    let beside: Vec<_> = std::fs::read_dir(file.parent().unwrap()).unwrap().collect();
    assert_eq!(beside.len(), 2, "the data and the backup: {beside:?}");
}

/// `belfry` with a server that settings name.
fn named(postgres: &Postgres, backup: Option<&str>) -> Command {
    let at = postgres.addresses();
    let mut command = Command::new(env!("CARGO_BIN_EXE_belfry"));
    command.env("DATABASE_URL", &at.app).env("BELFRY_LOBBY_URL", &at.lobby);
    command.env("BELFRY_OWNER_URL", &at.owner).env_remove("BELFRY_BACKUP_URL");
    command.envs(backup.map(|address| ("BELFRY_BACKUP_URL", address)));
    command
}

#[actix_web::test]
async fn a_server_elsewhere_is_backed_up_by_a_role_that_sees_every_row_and_by_no_other_t96() {
    let (folder, postgres, at) = ready();
    let school = school_in(&at, &Key::generate()).await;
    let file = folder.path.with_file_name(unique("school.backup"));

    let blind = named(&postgres, None).arg("backup").arg(&file).output().unwrap();

    assert!(!blind.status.success() && said(&blind).contains("would be empty"), "{}", said(&blind));
    assert!(!file.exists());
    ask(
        &postgres.addresses().superuser,
        "create role belfry_backup login bypassrls in role pg_read_all_data;
         grant connect on database belfry to belfry_backup",
    );
    let seeing = postgres.addresses().owner.replace("belfry_owner", "belfry_backup");
    done(&named(&postgres, Some(&seeing)).arg("backup").arg(&file).output().unwrap());
    let (_elsewhere, empty, _) = ready();
    done(&named(&empty, None).arg("restore").arg(&file).output().unwrap());
    let slugs = ask(&empty.addresses().superuser, "select string_agg(slug, ' ') from organizations");
    assert_eq!(slugs, school.slug);
}
