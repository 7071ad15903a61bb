//! Packages, manifests and files that differ from the standard, by the numbers of the list of
//! deviations in the OneRoster notes.

use school::exchange::oneroster::{Bundle, Kind};

use crate::export::{Export, rejected, remarks};

fn whole(export: &Export) -> Bundle {
    let bundle = export.open().unwrap();
    assert_eq!(rejected(&bundle), [""; 0]);
    assert_eq!((bundle.users.len(), bundle.enrollments.len()), (5, 7));
    bundle
}

#[test]
fn an_export_by_the_standard_needs_no_remark() {
    let bundle = whole(&Export::of_a_small_school());
    assert_eq!(remarks(&bundle), [""; 0]);
    assert_eq!(bundle.source, "test");
}

#[test]
fn deviation_1_status_and_date_are_filled_in_bulk() {
    let export = Export::of_a_small_school();
    whole(&export.replace("users.csv", ",,,true", ",active,2026-09-01T00:00:00.000Z,true"));
}

#[test]
fn deviation_1_a_row_marked_as_deleted_counts_as_gone_even_in_bulk() {
    let export = Export::of_a_small_school().replace("enrollments.csv", "e7,", "e7,tobedeleted");
    let bundle = export.open().unwrap();
    assert_eq!(bundle.enrollments.len(), 6);
    assert_eq!(rejected(&bundle), [""; 0]);
}

#[test]
fn deviation_2_the_date_of_the_last_change_is_not_even_read() {
    let export = Export::of_a_small_school();
    whole(&export.replace("orgs.csv", "S1,,,", "S1,,2026-09-01 10:00:00,"));
}

#[test]
fn deviation_3_a_spreadsheet_turned_the_versions_into_numbers() {
    let export = Export::of_a_small_school().replace("manifest.csv", "version,1.0", "version,1");
    whole(&export.replace("manifest.csv", "oneroster.version,1.1", "oneroster.version,\"1,1\""));
}

#[test]
fn deviation_3_the_value_column_is_called_property_value() {
    let export = Export::of_a_small_school();
    whole(&export.replace("manifest.csv", "propertyName,value", "propertyName,propertyValue"));
}

#[test]
fn deviation_3_the_manifest_lacks_a_file_and_calls_the_source_absent() {
    let export = Export::of_a_small_school()
        .replace("manifest.csv", "file.users,bulk\n", "")
        .replace("manifest.csv", "source.systemCode,test", "source.systemCode,absent")
        .replace("manifest.csv", "source.systemName,Test System", "source.systemName,absent");
    let bundle = whole(&export);
    assert_eq!(bundle.source, "D");
    let said = "users.csv: The manifest does not announce this file; it was read anyway.";
    assert_eq!(remarks(&bundle), [said]);
}

#[test]
fn deviation_3_a_file_that_was_announced_and_forgotten_is_asked_for() {
    let refusal = Export::of_a_small_school().without("demographics.csv").refusal();
    assert!(refusal.starts_with("The manifest announces demographics.csv"), "{refusal}");
}

#[test]
fn deviation_5_columns_stand_in_another_order() {
    let export = Export::of_a_small_school().with(
        "demographics.csv",
        "sex,birthDate,sourcedId\nfemale,2017-03-23,pupil\nfemale,2017-01-15,friend\n",
    );
    assert_eq!(whole(&export).demographics, whole(&Export::of_a_small_school()).demographics);
}

#[test]
fn deviation_5_a_package_without_manifest_has_the_names_of_version_1_0() {
    let export = Export::of_a_small_school()
        .without("manifest.csv")
        .replace("users.csv", "agentSourcedIds,grades", "agents,grade")
        .replace("users.csv", "enabledUser", "whatever")
        .replace("classes.csv", "grades", "grade")
        .replace("academicSessions.csv", "schoolYear\n", "unused\n")
        .replace("demographics.csv", "sourcedId", "userSourcedId")
        .replace("demographics.csv", "birthDate", "birthdate");
    let (bundle, standard) = (whole(&export), whole(&Export::of_a_small_school()));
    assert_eq!(bundle.demographics, standard.demographics);
    assert_eq!(bundle.classes, standard.classes);
    let pupil = |bundle: &Bundle| bundle.users[3].row.clone();
    assert_eq!(pupil(&bundle), pupil(&standard));
    assert_eq!(bundle.academic_sessions[0].row.school_year, 2027);
    assert_eq!(bundle.source, "D");
}

#[test]
fn deviation_5_and_6_headers_with_foreign_columns_typos_and_no_name_are_read() {
    let export = Export::of_a_small_school()
        .each(|text| text.replace("dateLastModified", "datLastModified"))
        .replace("enrollments.csv", "endDate\n", "endDate,courseSourcedId,,\n")
        .replace("enrollments.csv", "2027-06-11\n", "2027-06-11,CH,,\n")
        .replace("users.csv", "givenName", "GIVENNAME");
    whole(&export);
}

#[test]
fn deviation_6_a_short_row_is_blank_at_its_end() {
    let export = Export::of_a_small_school();
    whole(&export.replace("enrollments.csv", "aide,false,,", "aide"));
}

#[test]
fn deviation_6_a_long_row_has_an_unquoted_comma() {
    let export = Export::of_a_small_school().replace("orgs.csv", "Lake School", "Lake, School");
    let bundle = export.open().unwrap();
    assert_eq!(
        rejected(&bundle),
        ["orgs.csv:4 : The row has more values than the header has columns; \
          a value with a comma needs quotation marks."]
    );
    assert!(!bundle.is_complete(Kind::Orgs));
}

#[test]
fn deviation_7_file_names_have_another_case_and_stand_in_a_folder() {
    let mut export = Export::of_a_small_school();
    for name in ["users.csv", "manifest.csv"] {
        let content = export.text(name);
        export = export.without(name).with(&format!("Export 2026/{}", name.to_uppercase()), content);
    }
    whole(&export);
}

#[test]
fn deviation_8_and_9_a_byte_order_mark_windows_line_ends_quotes_and_no_last_line_end() {
    let export = Export::of_a_small_school().each(|text| {
        let quoted = text.trim_end().replace("sourcedId,status", "\"sourcedId\",\"status\"");
        format!("\u{feff}{}", quoted.replace('\n', "\r\n"))
    });
    assert_eq!(whole(&export).users, whole(&Export::of_a_small_school()).users);
}

#[test]
fn deviation_8_windows_1252_is_refused_with_file_and_line() {
    let mut export = Export::of_a_small_school();
    let users = export.0.get_mut("users.csv").unwrap();
    let place = users.windows(3).position(|bytes| bytes == b"Ada").unwrap();
    users[place] = 0xC4;
    let refusal = export.refusal();
    assert!(refusal.starts_with("users.csv, line 2 is not UTF-8 text"), "{refusal}");
}

#[test]
fn deviation_10_a_file_with_a_header_only_says_nothing_instead_of_everybody_left() {
    let header = "sourcedId,status,dateLastModified,classSourcedId,userSourcedId,role\n";
    let bundle = Export::of_a_small_school().with("enrollments.csv", header).open().unwrap();
    assert!(!bundle.is_complete(Kind::Enrollments));
    let said = "enrollments.csv: The file holds no rows, so nothing of its kind was changed.";
    assert_eq!(remarks(&bundle), [said]);
}

#[test]
fn deviation_10_classes_do_without_courses_where_there_are_none() {
    let export = Export::of_a_small_school().without("courses.csv");
    let bundle = whole(&export.replace("manifest.csv", "file.courses,bulk", "file.courses,absent"));
    assert!(bundle.classes.iter().all(|class| class.row.course.is_none()));
}

#[test]
fn deviation_10_an_org_whose_parent_is_missing_is_taken_without_it() {
    let bundle = whole(&Export::of_a_small_school().replace("orgs.csv", "3,D", "3,STATE"));
    assert_eq!(bundle.orgs[2].row.parent, None);
    let said = "orgs.csv: There is no org STATE in orgs.csv. It was taken without a parent.";
    assert_eq!(remarks(&bundle), [said]);
}

#[test]
fn deviation_15_another_products_format_is_named() {
    let csv = "SIS ID,School SIS ID,Username\n1,2,ada\n";
    let refusal = Export(Default::default()).with("Student.csv", csv).refusal();
    assert!(refusal.contains("School Data Sync (SDS) V1"), "{refusal}");
    let export = Export::of_a_small_school().without("manifest.csv");
    let roles = "userSourcedId,orgSourcedId,role\npupil,S1,student\n";
    let refusal = export.with("roles.csv", roles).refusal();
    assert!(refusal.contains("School Data Sync (SDS) V2.1"), "{refusal}");
    let export = Export::of_a_small_school().replace("manifest.csv", "version,1.1", "version,1.2");
    assert!(export.refusal().contains("OneRoster 1.2"), "{}", export.refusal());
}

#[test]
fn deviation_16_an_export_of_changes_only_is_refused() {
    let export = Export::of_a_small_school();
    let export = export.replace("manifest.csv", "file.users,bulk", "file.users,Delta");
    assert!(export.refusal().starts_with("This is a delta export (users.csv)"));
}

#[test]
fn deviation_19_semicolons_are_explained() {
    let export = Export::of_a_small_school();
    let users = export.text("users.csv").replace(',', ";");
    let refusal = export.with("users.csv", users).refusal();
    assert!(refusal.starts_with("users.csv separates its columns with semicolons"), "{refusal}");
}
