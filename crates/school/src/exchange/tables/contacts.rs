//! A table of whom to call: contacts, whom they belong to, or both in one row.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use super::{
    super::{
        oneroster::Rejected,
        roster::{
            external_id::{joined, known},
            record::Stored as _,
            records::Contact,
            run::Run,
            sync::{Ids, Said, Wanted, sync_said},
        },
    },
    cells::{Cells, Entry, Rows},
    gather::{Gathered, Keyed, gather},
    ground::{self, Numbers},
    guardians,
    mapping::Mapping,
    student_rows::{NAME, NUMBER},
};
use crate::{error::Result, words::Relationship};

/// Characters of a contact's name.
const FULL_NAME: usize = 200;
/// Places in the order of whom to call.
pub(super) const POSITIONS: i16 = 20;
/// What a contact may be, do and get, as the columns are called.
pub(super) const FLAGS: [&str; 7] = [
    "primary_contact",
    "lives_with",
    "has_custody",
    "may_collect",
    "may_see_records",
    "receives_mail",
    "emergency",
];

/// What other systems call what somebody is to a child.
const RELATIONSHIPS: [(&str, Relationship); 30] = {
    use Relationship as R;
    [
        ("mother", R::Mother),
        ("mom", R::Mother),
        ("mum", R::Mother),
        ("father", R::Father),
        ("dad", R::Father),
        ("parent", R::Guardian),
        ("guardian", R::Guardian),
        ("legal_guardian", R::Guardian),
        ("foster_parent", R::Guardian),
        ("step_mother", R::Guardian),
        ("step_father", R::Guardian),
        ("stepmother", R::Guardian),
        ("stepfather", R::Guardian),
        ("step_parent", R::Guardian),
        ("grandparent", R::Grandparent),
        ("grandmother", R::Grandparent),
        ("grandfather", R::Grandparent),
        ("sibling", R::Sibling),
        ("sister", R::Sibling),
        ("brother", R::Sibling),
        ("aunt", R::Other),
        ("uncle", R::Other),
        ("cousin", R::Other),
        ("relative", R::Other),
        ("friend", R::Other),
        ("neighbour", R::Other),
        ("neighbor", R::Other),
        ("caregiver", R::Other),
        ("emergency_contact", R::Other),
        ("other", R::Other),
    ]
};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct ContactRow {
    number: Option<String>,
    name: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    pub(super) student: Option<String>,
    pub(super) relationship: Option<Relationship>,
    pub(super) position: Option<i16>,
    pub(super) flags: [Option<bool>; FLAGS.len()],
}

impl Keyed for ContactRow {
    fn key(&self) -> String {
        joined(&[&self.contact(), self.student.as_deref().unwrap_or_default()])
    }

    fn shown(&self) -> (&'static str, &str) {
        match (&self.number, &self.name) {
            (Some(number), _) => ("key", number),
            (None, name) => ("full_name", name.as_deref().unwrap_or_default()),
        }
    }

    fn key_in(_: &Cells) -> Option<String> {
        None
    }
}

impl ContactRow {
    fn read(mut cells: Cells) -> Result<Entry<Self>, Vec<Rejected>> {
        let parts = [cells.text("first_name", NAME), cells.text("last_name", NAME)];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        let whole = Some(parts.join(" ")).filter(|name| !name.is_empty());
        let mut flags = [None; FLAGS.len()];
        for (flag, field) in flags.iter_mut().zip(FLAGS) {
            *flag = cells.truth(field);
        }
        let read = Self {
            number: cells.text("key", 100),
            name: cells.text("full_name", FULL_NAME).or(whole),
            phone: cells.text("phone", NUMBER),
            email: cells.email("email"),
            student: cells.text("student", NUMBER),
            relationship: cells.word("relationship", &RELATIONSHIPS),
            position: cells.number_in("position", (1, POSITIONS)),
            flags,
        };
        match (&read.number, &read.name, &read.student) {
            (None, None, _) => cells.refuse("full_name", "A contact needs a name or a number."),
            (None, Some(_), None) => {
                cells.refuse(
                    "student",
                    "A contact without a number of its own needs the number of a student.",
                );
            }
            (Some(_), None, None) => {
                cells.refuse("full_name", "A contact needs a name, or the number of a student.");
            }
            _ => {}
        }
        cells.done(read)
    }

    /// Its own number, else the student's and the name: people of one name are never made one without a word.
    pub(super) fn contact(&self) -> String {
        let name = self.name.as_deref().unwrap_or_default();
        self.number.clone().unwrap_or_else(|| joined(&[self.student.as_deref().unwrap_or_default(), name]))
    }

    fn says(&self) -> (&Option<String>, &Option<String>, &Option<String>) {
        (&self.name, &self.phone, &self.email)
    }
}

/// Brings the table in.
pub(super) fn bring(rows: &Rows, mapping: &Mapping, run: &mut Run) -> Result<()> {
    let mut found = gather(rows, ContactRow::read);
    let students = ground::students(run)?;
    let mut named: BTreeMap<String, Entry<ContactRow>> = BTreeMap::new();
    let torn = torn(&found);
    let before: HashSet<String> = known(Contact::ENTITY, run)?.into_keys().collect();
    let names: HashSet<String> = found
        .entries
        .values()
        .filter(|entry| entry.row.name.is_some())
        .map(|entry| entry.row.contact())
        .collect();
    found.turn_away(|entry| {
        let refused = |reason: &str| Some(rows.rejected(entry.line, entry.row.shown(), reason));
        let contact = entry.row.contact();
        if let Some(student) = entry.row.student.as_ref().filter(|student| !students.contains_key(*student)) {
            let reason = "There is no student of this number. Bring in the students first.";
            return Some(rows.rejected(entry.line, ("student", student), reason));
        }
        if torn.contains(&contact) {
            return refused("Rows about this contact differ in name, telephone or e-mail.");
        }
        if !names.contains(&contact) && !before.contains(&contact) {
            return refused("There is no contact of this number. Bring in the table with the names first.");
        }
        if entry.row.name.is_some() {
            named.entry(contact).or_insert_with(|| entry.clone());
        }
        None
    });
    run.report.rejected.append(&mut found.rejected);
    let is_whole = mapping.is_whole && !found.is_torn && found.unknown.is_empty();
    let contacts = sync_contacts(rows, &named, is_whole, run)?;
    guardians::sync(&links(rows, &found, &students, is_whole), &contacts, run)
}

/// Contacts that rows of theirs say different things of.
fn torn(found: &Gathered<ContactRow>) -> HashSet<String> {
    let mut said: HashMap<String, &ContactRow> = HashMap::new();
    let mut torn = HashSet::new();
    for row in found.entries.values().map(|entry| &entry.row).filter(|row| row.name.is_some()) {
        let first = said.entry(row.contact()).or_insert(row);
        if first.says() != row.says() {
            torn.insert(row.contact());
        }
    }
    torn
}

fn sync_contacts(
    rows: &Rows,
    named: &BTreeMap<String, Entry<ContactRow>>,
    is_whole: bool,
    run: &mut Run,
) -> Result<Ids> {
    let wanted = named.iter().filter_map(|(key, entry)| {
        let record = Contact {
            full_name: entry.row.name.clone()?,
            phone: entry.row.phone.clone(),
            email: entry.row.email.clone(),
            deleted_at: None,
        };
        Some(Wanted { keys: vec![key.clone()], origin: rows.origin(entry.line), record })
    });
    let wanted = wanted.collect();
    let mut said = vec!["full_name", "deleted_at"];
    said.extend(["phone", "email"].into_iter().filter(|field| rows.has(field)));
    // A table of links names nobody, so that it says nothing of who is no contact any more.
    let leaves = |key: &str, _: &Contact| is_whole && !named.is_empty() && !named.contains_key(key);
    sync_said(wanted, &HashMap::new(), leaves, Said::only(said), run)
}

fn links<'t>(
    rows: &'t Rows<'t>,
    found: &'t Gathered<ContactRow>,
    students: &Numbers,
    is_whole: bool,
) -> guardians::Links<'t> {
    let linked = found.entries.values().filter_map(|entry| {
        let student: Uuid = *students.get(entry.row.student.as_ref()?)?;
        Some((student, entry))
    });
    guardians::Links { rows, linked: linked.collect(), is_whole }
}
