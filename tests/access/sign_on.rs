//! Signing in with the school's own account, at a real provider of OpenID Connect.

use crate::support::{
    Administrator, Office, School, Teacher, database,
    provider::{Claimed, SECRET, settings, signs_in_there},
    school::{PASSWORD, unique},
};

fn ties(school: &School) -> i64 {
    school.number("select count(*) as n from user_identities where organization_id = $1")
}

#[actix_web::test]
async fn a_teacher_comes_in_by_the_schools_account_and_still_after_their_address_changed() {
    let school = School::open().await;
    let _provider = school.signs_on(&[]).await;
    let teacher = school.employ(Teacher);
    let door = school.outsider();
    door.get(&format!("/sign-in/school?school={}", school.slug))
        .await
        .redirects_to(&format!("/sign-in/at/{}?next=%2F", school.slug));
    let page = door.get(&format!("/sign-in/at/{}", school.slug)).await;
    page.is_ok().shows("Continue with").shows("Harbourside ID").shows("Harbourside Schools");

    let (here, answer) = door.comes_by(&school, Claimed { subject: "4417", ..Claimed::of(&teacher) }).await;
    answer.redirects_to("/");
    here.get("/today").await.is_ok();

    let moved = format!("{}@belfry.example", unique("moved"));
    let (again, _) =
        door.comes_by(&school, Claimed { email: &moved, subject: "4417", verified: false }).await;
    again.get("/today").await.is_ok();
    assert_eq!(ties(&school), 1);
    let kept = "select count(*) as n from access_events where organization_id = $1 and action = 'sign_in' and kind = 'sign_on'";
    assert_eq!(school.number(kept), 2);
}

#[actix_web::test]
async fn who_says_their_address_in_the_token_comes_in_as_well() {
    let school = School::open().await;
    let provider = school.provider(&["--in-token"]);
    let administrator = school.sign_in(Administrator).await;
    administrator.fill("/identity-provider", &settings(&provider.issuer, &[])).await.has_status(303);
    let teacher = school.employ(Teacher);

    let (here, _) = school.outsider().comes_by(&school, Claimed::of(&teacher)).await;

    here.get("/today").await.is_ok();
}

#[actix_web::test]
async fn a_token_that_the_provider_did_not_write_for_this_question_opens_nothing() {
    let school = School::open().await;
    let provider = school.provider(&["--forging"]);
    let administrator = school.sign_in(Administrator).await;
    administrator.fill("/identity-provider", &settings(&provider.issuer, &[])).await.has_status(303);
    let teacher = school.employ(Teacher);

    for lie in
        ["signature", "nonce", "audience", "issuer", "expired", "unsigned", "nobody", "endless", "nought"]
    {
        let who = Claimed { subject: lie, ..Claimed::of(&teacher) };
        let (here, answer) = school.outsider().comes_by(&school, who).await;
        answer.has_status(503).shows("does not answer just now");
        assert!(here.get("/today").await.leads_to("/sign-in"), "{lie}");
    }

    assert_eq!(ties(&school), 0);
    let (here, _) =
        school.outsider().comes_by(&school, Claimed { subject: "true", ..Claimed::of(&teacher) }).await;
    here.get("/today").await.is_ok();
}

#[actix_web::test]
async fn an_address_that_nobody_verified_opens_no_account() {
    let school = School::open().await;
    let _provider = school.signs_on(&[]).await;
    let teacher = school.employ(Teacher);

    let (here, answer) =
        school.outsider().comes_by(&school, Claimed { verified: false, ..Claimed::of(&teacher) }).await;

    answer.is_forbidden().shows("does not say that").shows(&teacher);
    assert!(here.get("/today").await.leads_to("/sign-in"));
    assert_eq!(ties(&school), 0);
}

#[actix_web::test]
async fn who_has_no_account_here_or_a_closed_one_stays_out_t01() {
    let (school, other) = (School::open().await, School::open().await);
    let _provider = school.signs_on(&[]).await;
    let closed = school.employ(Teacher);
    school.run("update users set disabled_at = now() where organization_id = $1 and email = $2", &closed);
    let deleted = school.employ(Teacher);
    school.run("update users set deleted_at = now() where organization_id = $1 and email = $2", &deleted);

    for email in ["nobody@belfry.example", &other.employ(Teacher), &closed, &deleted] {
        let (here, answer) = school.outsider().comes_by(&school, Claimed::of(email)).await;
        answer.is_forbidden().shows("Nobody at Harbourside Schools has an account with").shows(email);
        assert!(here.get("/account").await.leads_to("/sign-in"));
    }
    assert_eq!((ties(&school), ties(&other)), (0, 0));
    let kept = "select count(*) as n from access_events where organization_id = $1 and action = 'sign_in_refused' and kind = 'sign_on'";
    assert_eq!((school.number(kept), other.number(kept)), (4, 0));
    let record = school.sign_in(Administrator).await.get("/access-log?action=sign_in_refused").await;
    record.shows("Somebody with no account here");
}

#[actix_web::test]
async fn somebody_new_gets_an_account_without_a_role_only_where_the_school_wants_that() {
    let school = School::open().await;
    let domain = format!("{}.example", unique("harbour"));
    let _provider = school
        .signs_on(&[("creates_accounts", "yes"), ("email_domains", &format!("@{domain}, other.example"))])
        .await;
    let (email, stranger) = (format!("gita@{domain}"), "gita@elsewhere.example");

    let (here, answer) = school.outsider().comes_by(&school, Claimed::of(&email)).await;
    answer.redirects_to("/");
    here.get("/account").await.is_ok().shows("Gita Raman").shows("opens no part of Belfry yet");
    here.get("/students").await.is_forbidden();

    let (_, answer) = school.outsider().comes_by(&school, Claimed::of(stranger)).await;
    answer.is_forbidden().shows("does not say that");
    assert_eq!(ties(&school), 1);
    school.changed_it_today();
    let log = school.sign_in(Administrator).await.get("/change-log?entity=users").await;
    log.shows("Came by the school’s account for the first time").shows(&email).hides(stranger);
}

#[actix_web::test]
async fn a_second_factor_is_asked_for_as_after_a_password() {
    let school = School::open().await;
    let _provider = school.signs_on(&[]).await;
    let teacher = school.sign_in(Teacher).await;
    let (_, app, _) = school.turns_on(&teacher).await;
    school.clock.set(school.clock.now() + chrono::TimeDelta::seconds(60));

    let (waiting, answer) = school.outsider().comes_by(&school, Claimed::of(&teacher.email)).await;
    answer.redirects_to("/sign-in/code");
    assert!(waiting.get("/today").await.leads_to("/sign-in"));
    let answer = waiting.post("/sign-in/code", [("code", &*app.shows(&school, 0))]).await;
    answer.redirects_to("/");
    waiting.keeps(&answer).get("/today").await.is_ok();
}

#[actix_web::test]
async fn an_answer_opens_once_and_only_in_the_browser_that_asked_t16_t18() {
    let school = School::open().await;
    let _provider = school.signs_on(&[]).await;
    let teacher = school.employ(Teacher);
    let begin = format!("/sign-in/at/{}/provider", school.slug);
    let (mine, others) = (school.outsider(), school.outsider());
    let begun = mine.get(&begin).await;
    let mine = mine.keeps(&begun);
    let back = signs_in_there(&begun, Claimed::of(&teacher)).await;

    // Somebody else's browser: one that asked nothing, and one that asked something else.
    others.get(&back).await.has_status(422).shows("Begin again");
    let asked = others.get(&begin).await;
    others.keeps(&asked).get(&back).await.has_status(422).shows("Begin again");
    let forged = back.replace("code=", "code=x");
    let answer = mine.get(&forged).await;
    answer.has_status(503);
    // The question is used up, whatever came of it.
    mine.keeps(&answer).get(&back).await.has_status(422).shows("Begin again");

    let begun = mine.get(&begin).await;
    let mine = mine.keeps(&begun);
    let back = signs_in_there(&begun, Claimed::of(&teacher)).await;
    let answer = mine.get(&back).await;
    answer.redirects_to("/");
    // The same code a second time, with the cookie of before.
    mine.get(&back).await.has_status(503);
    assert_ne!(mine.keeps(&answer).cookie, mine.cookie);
}

#[actix_web::test]
async fn who_changes_their_mind_there_and_who_is_somebody_else_there_reads_why() {
    let school = School::open().await;
    let _provider = school.signs_on(&[]).await;
    let teacher = school.employ(Teacher);
    let door = school.outsider();

    let (_, answer) = door.comes_by(&school, Claimed::of("")).await;
    answer.has_status(422).shows("You did not sign in at Harbourside ID");
    let (_, answer) = door.comes_by(&school, Claimed { subject: "1", ..Claimed::of(&teacher) }).await;
    answer.redirects_to("/");
    let (_, answer) = door.comes_by(&school, Claimed { subject: "2", ..Claimed::of(&teacher) }).await;
    answer.is_forbidden().shows("belongs to somebody else");
    let refused = "select count(*) as n from access_events where organization_id = $1 and action = 'sign_in_refused' and kind = 'sign_on'";
    assert_eq!(school.number(refused), 1);
}

#[actix_web::test]
async fn after_signing_in_elsewhere_one_is_where_one_wanted_to_be_and_nowhere_else_t29() {
    let school = School::open().await;
    let _provider = school.signs_on(&[]).await;
    let office = school.employ(Office);

    for (next, leads) in [
        ("%2Fstudents%3Fq%3Da", "/students?q=a"),
        ("%2F%2Fevil.example", "/"),
        ("https%3A%2F%2Fevil.example", "/"),
    ] {
        let door = school.outsider();
        let begun = door.get(&format!("/sign-in/at/{}/provider?next={next}", school.slug)).await;
        let back = door.keeps(&begun).get(&signs_in_there(&begun, Claimed::of(&office)).await).await;
        back.redirects_to(leads);
    }
}

#[actix_web::test]
async fn while_the_provider_is_away_people_are_told_and_the_password_opens() {
    let school = School::open().await;
    let provider = school.signs_on(&[]).await;
    let teacher = school.employ(Teacher);
    drop(provider);

    let answer = school.outsider().get(&format!("/sign-in/at/{}/provider", school.slug)).await;
    answer.has_status(503).shows("does not answer just now").shows("Sign in with a password");
    assert_eq!(answer.header("retry-after"), "60");
    school.outsider().signing_in(&teacher, PASSWORD).await.get("/today").await.is_ok();
}

#[actix_web::test]
async fn a_school_that_is_suspended_or_has_no_provider_leads_nowhere_t19() {
    let (school, without) = (School::open().await, School::open().await);
    let _provider = school.signs_on(&[]).await;
    let door = school.outsider();
    let teacher = school.employ(Teacher);
    let begun = door.get(&format!("/sign-in/at/{}/provider", school.slug)).await;
    let back = signs_in_there(&begun, Claimed::of(&teacher)).await;

    school.run("update organizations set suspended_at = now() where id = $1 and slug = $2", &school.slug);

    for slug in [&school.slug, &without.slug, "no-such-school"] {
        for page in ["", "/provider"] {
            let asked = format!("/sign-in/school?school={}", slug.replace('-', "%2D"));
            door.get(&format!("/sign-in/at/{slug}{page}")).await.redirects_to(&asked);
        }
        door.get(&format!("/sign-in/school?school={slug}"))
            .await
            .field_error("school", "No school of this short name");
    }
    assert!(door.keeps(&begun).get(&back).await.leads_to("/sign-in/school"));
}

#[actix_web::test]
async fn an_administrator_reads_by_the_field_what_is_wrong_and_nobody_reads_the_secret_t26() {
    let school = School::open().await;
    let provider = school.provider(&[]);
    let administrator = school.sign_in(Administrator).await;
    let tries = [
        ("issuer", "http://elsewhere.example", "begins with https"),
        ("issuer", "https://rosa:secret@elsewhere.example", "begins with https"),
        ("issuer", "https://10.0.0.5", "on the open internet"),
        ("issuer", "https://169.254.169.254/latest", "on the open internet"),
        ("issuer", "", "Fill this in"),
        ("issuer", "http://127.0.0.1:9", "No provider of OpenID Connect answers"),
        ("kind", "church", "Choose one"),
        ("client_secret", "", "Write the secret"),
        ("email_domains", "harbourside", "is no domain"),
        ("name", "Harbour\u{202e}", "invisible"),
    ];
    for (field, value, message) in tries {
        let form = settings(&provider.issuer, &[(field, value)]);
        let answer = administrator.fill("/identity-provider", &form).await;
        answer.field_error(field, message).hides(SECRET);
    }
    let common = "https://login.microsoftonline.com/common/v2.0";
    let form = settings(common, &[("kind", "microsoft")]);
    let answer = administrator.fill("/identity-provider", &form).await;
    answer.field_error("issuer", "lets in anybody").field_error("email_domains", "does not verify");
    let form = settings(&provider.issuer, &[("creates_accounts", "yes")]);
    administrator
        .fill("/identity-provider", &form)
        .await
        .field_error("email_domains", "anybody gets an account");
    assert_eq!(school.number("select count(*) as n from identity_providers where organization_id = $1"), 0);

    administrator.fill("/identity-provider", &settings(&provider.issuer, &[])).await.has_status(303);
    // The secret stays where none is written.
    let form = settings(&provider.issuer, &[("client_secret", ""), ("name", "Harbour")]);
    administrator.fill("/identity-provider", &form).await.has_status(303);
    administrator.get("/identity-provider").await.is_ok().shows("Harbour").hides(SECRET).shows(&school.slug);
    let teacher = school.employ(Teacher);
    let (here, _) = school.outsider().comes_by(&school, Claimed::of(&teacher)).await;
    here.get("/today").await.is_ok();
    let kept = database::lines(
        &mut database::within(school.organization),
        "select encode(client_secret, 'escape') || (select string_agg(changes::text, '') from change_events where entity = 'identity_providers') as line from identity_providers",
    );
    assert!(!kept[0].contains(SECRET) && kept[0].contains("Harbour"), "{kept:?}");

    administrator.post("/identity-provider/removal", []).await.has_status(303);
    assert!(school.outsider().get(&format!("/sign-in/at/{}", school.slug)).await.leads_to("/sign-in/school"));
}

#[actix_web::test]
async fn the_owner_hears_that_the_schools_account_opens_theirs_and_an_administrator_unties_it() {
    let school = School::open().await;
    let _provider = school.signs_on(&[]).await;
    let teacher = school.employ(Teacher);
    let (path, door) = (school.account(&teacher), school.outsider());
    let one = Claimed { subject: "one", ..Claimed::of(&teacher) };
    let other = Claimed { subject: "other", ..Claimed::of(&teacher) };
    assert_eq!(school.kept(&teacher, "provider"), "local");

    let (here, _) = door.comes_by(&school, one).await;
    door.comes_by(&school, one).await.1.redirects_to("/");

    assert_eq!(school.kept(&teacher, "provider"), "other");
    let told = school.post_comes();
    assert_eq!(told.len(), 1, "at the first time, and not at the second");
    assert_eq!(
        (&*told[0].to, &*told[0].subject),
        (&*teacher, "You sign in at Harbourside Schools with the school’s account")
    );
    let credential = "select count(*) as n from access_events where organization_id = $1 and action = 'credential' and kind = 'sign_on'";
    assert_eq!(school.number(credential), 1);
    here.get("/account").await.shows("Tied to this one on");
    door.comes_by(&school, other).await.1.has_status(403).shows("somebody else");

    let administrator = school.sign_in(Administrator).await;
    administrator.get(&path).await.shows("tied to this one on").shows("Untie the school’s account");
    let untied = administrator.post(&format!("{path}/sign-on/removal"), []).await;
    administrator
        .get(&untied.leads())
        .await
        .shows("opens theirs no more")
        .shows("Untied from the school’s account");
    administrator.post(&format!("{path}/sign-on/removal"), []).await.has_status(409);
    assert!(here.get("/today").await.leads_to("/sign-in"), "they are signed out");
    assert_eq!(ties(&school), 0);
    let (again, _) = door.comes_by(&school, other).await;
    again.get("/today").await.is_ok();
}

#[actix_web::test]
async fn at_microsoft_the_schools_own_domains_count_and_nothing_that_a_token_says_of_others() {
    let school = School::open().await;
    let _provider = school.signs_on(&[("kind", "microsoft"), ("email_domains", "harbour.example")]).await;
    let own = format!("{}@harbour.example", unique("gita"));
    let (teacher, elsewhere) = (school.employ(Teacher), school.employ(Teacher));
    let moved = format!(
        "update users set email = '{own}', email_canonical = '{own}' where organization_id = $1 and email = $2"
    );
    school.run(&moved, &teacher);

    let (_, answer) = school.outsider().comes_by(&school, Claimed::of(&elsewhere)).await;
    answer.is_forbidden().shows("does not say that");
    assert_eq!(ties(&school), 0);

    let (here, _) =
        school.outsider().comes_by(&school, Claimed { verified: false, ..Claimed::of(&own) }).await;
    here.get("/today").await.is_ok();
    assert_eq!(school.kept(&own, "provider"), "microsoft");
}

#[actix_web::test]
async fn at_google_an_address_counts_that_it_has_verified() {
    let school = School::open().await;
    let _provider = school.signs_on(&[]).await;
    // Google's own address is fixed, and nobody here answers under it.
    school.run("update identity_providers set kind = 'google' where organization_id = $1 and $2 = ''", "");
    let teacher = school.employ(Teacher);

    let unverified = Claimed { verified: false, ..Claimed::of(&teacher) };
    let (_, answer) = school.outsider().comes_by(&school, unverified).await;
    answer.is_forbidden().shows("does not say that");
    let (here, _) = school.outsider().comes_by(&school, Claimed::of(&teacher)).await;
    here.get("/today").await.is_ok();
    assert_eq!(school.kept(&teacher, "provider"), "google");
}
