//! A small school's OneRoster export, to be changed by a test and read.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write,
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
};

use school::exchange::oneroster::{Bundle, Refusal};
use zip::{ZipWriter, write::SimpleFileOptions};

const MANIFEST: &str = "\
propertyName,value
manifest.version,1.0
oneroster.version,1.1
file.academicSessions,bulk
file.classes,bulk
file.courses,bulk
file.demographics,bulk
file.enrollments,bulk
file.lineItems,absent
file.orgs,bulk
file.users,bulk
source.systemName,Test System
source.systemCode,test
";
const ORGS: &str = "\
sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
D,,,Riverside District,district,1,
S1,,,Hill School,school,2,D
S2,,,Lake School,school,3,D
";
const SESSIONS: &str = "\
sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
Y,,,2026-2027,schoolYear,2026-08-15,2027-06-11,,2027
T1,,,Autumn,semester,2026-08-15,2027-01-09,Y,2027
T2,,,Spring,semester,2027-01-09,2027-06-11,Y,2027
";
const COURSES: &str = "\
sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes
CH,,,Y,Homeroom 3,HR3,03,D,Homeroom,
CM,,,Y,Mathematics 3,MA3,03,D,Mathematics,02052
";
const CLASSES: &str = "\
sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods
H3,,,Room 3,03,CH,HR3-A,homeroom,12,S1,Y,Homeroom,,
M3,,,Mathematics 3A,03,CM,MA3-A,scheduled,14,S1,\"T1,T2\",Mathematics,02052,\"1,2\"
";
const USERS: &str = "\
sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password
teacher,,,true,S1,teacher,ada,,Ada,Byron,,900,ada@hill.example,,,,,
aide,,,true,S1,aide,max,,Max,Noether,,901,max@hill.example,,,,,
pupil,,,true,S1,student,emmy,,Emmy,Noether,Amalie,100,,,,mother,03,secret
friend,,,true,S1,student,sofia,,Sofia,Kovalevskaya,,101,,,,,03,
mother,,,false,S1,parent,ida,,Ida,Noether,,,ida@home.example,+49 1,+49 2,pupil,,
";
const ENROLLMENTS: &str = "\
sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
e1,,,H3,S1,teacher,teacher,true,2026-08-15,2027-06-11
e2,,,M3,S1,teacher,teacher,true,2026-08-15,2027-06-11
e3,,,H3,S1,aide,aide,false,,
e4,,,H3,S1,pupil,student,,2026-08-15,2027-06-11
e5,,,M3,S1,pupil,student,,2026-08-15,2027-01-09
e6,,,M3,S1,pupil,student,,2027-01-09,2027-06-11
e7,,,H3,S1,friend,student,,2026-09-01,2027-06-11
";
const DEMOGRAPHICS: &str = "\
sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative
pupil,,,2017-03-23,female,false
friend,,,2017-01-15,female,false
";

/// The files of an export by their names in the package.
#[derive(Clone)]
pub(crate) struct Export(pub(crate) BTreeMap<String, Vec<u8>>);

impl Export {
    pub(crate) fn of_a_small_school() -> Self {
        let files = [
            ("manifest.csv", MANIFEST),
            ("orgs.csv", ORGS),
            ("academicSessions.csv", SESSIONS),
            ("courses.csv", COURSES),
            ("classes.csv", CLASSES),
            ("users.csv", USERS),
            ("enrollments.csv", ENROLLMENTS),
            ("demographics.csv", DEMOGRAPHICS),
        ];
        Self(files.into_iter().map(|(name, text)| (name.into(), text.into())).collect())
    }

    pub(crate) fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.0.insert(name.into(), content.into());
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.remove(name).unwrap();
        self
    }

    /// Replace every `from` in a file; a test that replaces nothing is wrong.
    pub(crate) fn replace(self, name: &str, from: &str, to: &str) -> Self {
        let text = self.text(name);
        assert!(text.contains(from), "{name} has no {from}");
        self.with(name, text.replace(from, to))
    }

    pub(crate) fn add(self, name: &str, line: &str) -> Self {
        let text = self.text(name) + line + "\n";
        self.with(name, text)
    }

    /// Every file by `change`, the manifest too.
    pub(crate) fn each(mut self, change: impl Fn(String) -> String) -> Self {
        for content in self.0.values_mut() {
            *content = change(String::from_utf8(content.clone()).unwrap()).into();
        }
        self
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.0[name].clone()).unwrap()
    }

    /// Read it out of a zip file.
    pub(crate) fn open(&self) -> Result<Bundle, Refusal> {
        Bundle::open(&self.zip())
    }

    pub(crate) fn refusal(&self) -> String {
        self.open()
            .err()
            .map_or_else(|| panic!("the export should be refused"), |refusal| refusal.to_string())
    }

    pub(crate) fn zip(&self) -> PathBuf {
        let path = fresh_path("zip");
        let mut zip = ZipWriter::new(File::create(&path).unwrap());
        for (name, content) in &self.0 {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap();
        path
    }

    pub(crate) fn folder(&self) -> PathBuf {
        let folder = fresh_path("folder");
        for (name, content) in &self.0 {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }
}

/// A path in the build's own folder that nothing stands at yet.
pub(crate) fn fresh_path(kind: &str) -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("oneroster-{}-{count}.{kind}", std::process::id()));
    fs::remove_dir_all(&path).ok();
    path
}

/// `file:line column: reason` of every rejected row.
pub(crate) fn rejected(bundle: &Bundle) -> Vec<String> {
    let rows = bundle.rejected().iter();
    rows.map(|row| format!("{}:{} {}: {}", row.file, row.line, row.column, row.reason)).collect()
}

pub(crate) fn remarks(bundle: &Bundle) -> Vec<String> {
    bundle.remarks().iter().map(|remark| format!("{}: {}", remark.file, remark.text)).collect()
}
