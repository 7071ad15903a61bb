//! Tables as Excel workbooks.

use std::io::{Cursor, Write as _};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::{mended::send_mended, say, upload};
use crate::support::{Administrator, School};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// What every workbook has: what is in it, and how its cells look.
fn frame(part: &mut impl FnMut(&str, &str)) {
    part(
        "[Content_Types].xml",
        &format!(
            "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
        ),
    );
    part(
        "_rels/.rels",
        &format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    part(
        "xl/styles.xml",
        &format!(
            "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
        ),
    );
}

/// A workbook of two sheets, each of rows of cells as they stand in the file.
fn workbook(sheets: [(&str, &[&str]); 2]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(format!("{HEAD}{text}").as_bytes()).unwrap();
    };
    frame(&mut part);
    let (mut names, mut links) = (String::new(), String::new());
    for (at, (name, rows)) in (1..).zip(sheets) {
        names += &format!("<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"rId{at}\"/>");
        links += &format!(
            "<Relationship Id=\"rId{at}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
        );
        let rows: String = (1..)
            .zip(rows)
            .map(|(row, cells): (u32, &&str)| format!("<row r=\"{row}\">{cells}</row>"))
            .collect();
        part(
            &format!("xl/worksheets/sheet{at}.xml"),
            &format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>"),
        );
    }
    links += &format!("<Relationship Id=\"rId9\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>");
    part(
        "xl/workbook.xml",
        &format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{names}</sheets></workbook>"),
    );
    part(
        "xl/_rels/workbook.xml.rels",
        &format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{links}</Relationships>"),
    );
    archive.finish().unwrap().into_inner()
}

/// The same with another part.
fn with(book: Vec<u8>, name: &str, text: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new_append(Cursor::new(book)).unwrap();
    archive.start_file(name, SimpleFileOptions::default()).unwrap();
    archive.write_all(text.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

/// Texts that cells share, and how many the part claims to have.
fn shared(claimed: &str, texts: &[&str]) -> String {
    let texts: String = texts.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
    format!("{HEAD}<sst xmlns=\"{MAIN}\" count=\"3\" uniqueCount=\"{claimed}\">{texts}</sst>")
}

fn text(value: &str) -> String {
    format!("<c t=\"inlineStr\"><is><t>{value}</t></is></c>")
}

#[actix_web::test]
async fn a_workbook_comes_in_with_its_days_and_numbers_as_they_are_read() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let header = ["Student ID", "First name", "Last name", "Birthdate"].map(text).concat();
    // 22 December 2015 is day 42360.
    let row =
        format!("<c><v>101</v></c>{}{}<c s=\"1\"><v>42360</v></c>", text("Sofia"), text("Kovalevskaya"));
    let book = workbook([("Cover", &[&text("Our school"), &text("2026")]), ("Pupils", &[&header, &row])]);

    let columns = upload(&administrator, "students", "school.xlsx", &book).await.leads();
    let page = administrator.get(&columns).await;
    page.shows("<option value=\"Pupils\">Pupils</option>").shows("<bdi>Our school</bdi>");
    let second = format!("{columns}?sheet=Pupils");
    administrator.get(&second).await.is_ok().shows("name=\"sheet\" value=\"Pupils\"").shows("2015-12-22");
    administrator.get(&format!("{columns}?sheet=Nowhere")).await.has_status(409).shows("has no sheet");
    let path = say(&administrator, &second, &[]).await.leads();
    school.works();
    administrator.post(&format!("{path}/application"), []).await.redirects_to(&path);
    school.works();

    assert_eq!(
        school.text("select concat_ws(' ', student_number, first_name, date_of_birth) from students"),
        "101 Sofia 2015-12-22"
    );
}

#[actix_web::test]
async fn texts_that_cells_share_are_read_and_pictures_are_not() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let cell = |at| format!("<c t=\"s\"><v>{at}</v></c>");
    let book =
        workbook([("Pupils", &[&[0, 1].map(cell).concat(), &[2, 3].map(cell).concat()]), ("Empty", &[])]);
    let texts = shared("4", &["Student ID", "First name", "101", "Sofia"]);
    let book = with(book, "xl/sharedStrings.xml", &texts);
    let book = with(book, "xl/media/image1.bmp", &"a".repeat(40 * 1024 * 1024));

    let columns = upload(&administrator, "students", "school.xlsx", &book).await.leads();

    administrator.get(&columns).await.is_ok().shows("<bdi>First name</bdi>").shows("<bdi>Sofia</bdi>");
}

#[actix_web::test]
async fn a_small_workbook_that_would_fill_the_memory_is_refused_t51() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let one = "<c t=\"s\"><v>0</v></c>";
    let rows = vec![one; 20_000];
    let long = "a".repeat(1_000_000);
    for (part, texts, sentence) in [
        ("xl/sharedStrings.xml", shared("10000000000000000", &["Name"]), "unpacks to far more"),
        ("xl/SHAREDSTRINGS.xml", shared("99999999", &["Name"]), "unpacks to far more"),
        ("xl/sharedStrings.xml", shared("1", &[&long]), "unpacks to far more"),
        ("xl/sharedStrings.xml", shared("1", &[&long[..32_767]]), "larger than 500,000 rows and 200 columns"),
    ] {
        let book = with(workbook([("Pupils", &rows), ("Empty", &[])]), part, &texts);
        let answer = upload(&administrator, "students", "school.xlsx", &book).await;
        answer.field_error("file", sentence);
    }
    assert_eq!(school.count("import_runs"), 0);
}

#[actix_web::test]
async fn a_row_of_a_second_sheet_is_mended_and_comes_in_with_the_others() {
    let school = School::open().await;
    let administrator = school.sign_in(Administrator).await;
    let header = ["Student ID", "First name", "Last name", "Birthdate"].map(text).concat();
    let row = |number: &str, last: &str| {
        format!("<c><v>{number}</v></c>{}{}<c s=\"1\"><v>42360</v></c>", text("Sofia"), text(last))
    };
    let rows = [row("101", "Kovalevskaya"), row("102", "")];
    let book = workbook([
        ("Cover", &[&text("Our school"), &text("2026")]),
        ("Pupils", &[&header, &rows[0], &rows[1]]),
    ]);
    let columns = upload(&administrator, "students", "school.xlsx", &book).await.leads();
    let path = say(&administrator, &format!("{columns}?sheet=Pupils"), &[]).await.leads();
    school.works();

    let mended = "Student ID,Last name,belfry_line,belfry_reason\n102,Krukovskaya,3,\n";
    let next = send_mended(&administrator, &path, "school.xlsx", mended).await.leads();
    school.works();
    administrator.post(&format!("{next}/application"), []).await.redirects_to(&next);
    school.works();

    assert_eq!(
        school
            .text("select string_agg(last_name || date_of_birth, ' ' order by student_number) from students"),
        "Kovalevskaya2015-12-22 Krukovskaya2015-12-22"
    );
}
