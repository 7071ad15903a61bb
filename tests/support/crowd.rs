//! A school that has lived a little: names of every kind, notes, families, marks.

use reqwest::Method;
use school::Uuid;

use super::{
    database,
    person::Role::{Office, Teacher},
    school::School,
};

/// First and last names, the other script, and the language of the first.
#[rustfmt::skip]
const NAMES: [(&str, &str, &str, &str); 12] = [
    ("Amal", "Abdullahi", "", ""), ("Kwame", "Acheampong", "", ""), ("Ji-woo", "Bae", "배지우", "ko"),
    ("Wolfeschlegelsteinhausenbergerdorff", "Hubert", "", "de"),
    ("ליאור", "בן־דוד", "Lior Ben-David", "he"), ("نور الهدى", "الأنصاري", "Nour al-Ansari", "ar"),
    ("Zoë", "Brontë", "", ""), ("Li", "O", "李", "zh"), ("Chidi", "Okonkwo", "", ""),
    ("Søren", "Ångström", "", ""), ("Maximiliana Konstantina", "Papadopoulou-Winterbottom", "Μαξιμιλιάνα Παπαδοπούλου", "el"), ("Ngọc", "Trần", "", "vi"),
];

impl School {
    /// Fills homeroom 4A, and lets its register come in.
    pub(crate) async fn lives(&self) {
        let students = self.fills();
        self.gets_marks(&students).await;
    }

    /// Puts as many on the roll of homeroom 4A as a class has.
    pub(crate) fn fills(&self) -> Vec<Uuid> {
        let students = (0..28).map(|n| {
            let (first, last, ..) = NAMES[n % NAMES.len()];
            self.enroll(first, if n < NAMES.len() { "Aguiar" } else { last })
        });
        let students: Vec<_> = students.collect();
        self.gets_names();
        self.gets_families(&students);
        self.gets_names();
        students
    }

    /// Lets the office know of one absence and the teacher submit the register, who sees that child.
    pub(crate) async fn gets_marks(&self, students: &[Uuid]) {
        let (teacher, office) = (self.sign_in(Teacher).await, self.sign_in(Office).await);
        for student in [5, 6] {
            let rang =
                [("code", "ill"), ("remark", "mother rang 07:52, back on Wednesday"), ("version", "0")];
            office.send(Method::PUT, &self.mark(students[student]), &rang).await.is_ok();
        }
        let here = [("here", "1"), ("version", "1")];
        teacher.send(Method::PUT, &self.mark(students[5]), &here).await.is_ok();
        let mut marks: Vec<_> = students.iter().map(|student| (*student, "present", 0)).collect();
        for (student, code) in [(2, "absent"), (3, "late"), (8, "absent")] {
            marks[student].1 = code;
        }
        marks.drain(5..7);
        teacher.submits(self, &marks).await.has_status(303);
    }

    /// Gives everybody whom the samples made alike a name of their own, with whatever may stand beside a name.
    pub(crate) fn gets_names(&self) {
        let names: Vec<_> = NAMES
            .iter()
            .enumerate()
            .map(|(n, (first, last, other, tag))| format!("({n}, '{first}', '{last}', '{other}', '{tag}')"))
            .collect();
        // In the order in which they came; whoever comes alone gets the longest name.
        let named = |table: &str, known: &str| {
            format!(
                "from (select id as whose, (row_number() over (order by id) + 2)::int % {} as n from {table} where {known}) as them
                 join (values {}) as names (n, first, last, other, tag) using (n) where id = whose",
                NAMES.len(),
                names.join(", ")
            )
        };
        let statements = format!(
            "update students set first_name = first, last_name = last, other_script_name = nullif(other, ''),
               name_language = nullif(tag, ''), address = '12 Quay Street, 1100-053 Lisboa',
               date_of_birth = date '2017-03-01' + n * 20,
               alert = case when n % 4 = 3 then 'Carries an adrenaline pen; never without it on trips' end
               {};
             update staff set first_name = first, last_name = last,
               job_title = 'Deputy head for the lower school and safeguarding lead',
               email = 'a.very.long.address.of.somebody' || n || '@harbourside-schools.example'
               {};
             update contacts set full_name = last || ' ' || first, email = 'family.' || n || '@home.example'
               {}",
            named("students", "last_name = 'Aguiar'"),
            named("staff", "last_name = 'Aguiar'"),
            named("contacts", "full_name = 'Ines Aguiar'")
        );
        database::run(&mut database::within(self.organization), &statements);
    }

    /// Gives these students somebody to call, and those with an alert somebody who is barred.
    fn gets_families(&self, students: &[Uuid]) {
        for student in students.iter().skip(1) {
            self.contact_of(&student.to_string());
            self.contact_of(&student.to_string());
        }
        let barred =
            "insert into restrictions (organization_id, id, student_id, person_name, bars_contact, bars_collection, starts_on, court_paper)
               select organization_id, gen_random_uuid(), id, 'Bartholomew Winterbottom', true, true, date '2026-09-01', 'order 4417'
               from students where alert is not null";
        database::run(&mut database::within(self.organization), barred);
    }
}
