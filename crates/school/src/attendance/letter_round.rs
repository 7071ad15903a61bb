//! A round of letters about absence: to whom they go, what they say, and that they were written.

use chrono::NaiveDate;
use diesel::prelude::*;
use schema::{campuses, letters, students};
use uuid::Uuid;

use super::{
    absence_sums,
    intervention::{self, Intervention},
    intervention_change::{NewIntervention, check_look_again},
    letter::Letter,
    letter_addressee::{Addressee, addressees},
    letter_template::LetterTemplate,
    letter_text::{self, Facts},
};
use crate::{
    clock::new_id,
    db::Db,
    edit::Edit,
    error::{Error, Result},
    people::{student, student::visible},
    permit::{CreateLetters, Permission},
    words::{InterventionKind, InterventionOutcome},
};

/// The most students whom one round of letters is about.
pub const MOST: usize = 50;

/// The letters about one student, before they are kept.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Who.
    pub student: Uuid,
    /// Their name, and its language.
    pub name: (String, Option<String>),
    /// One for each guardian who gets mail; none where nobody does, or where there is nothing to say.
    pub letters: Vec<Letter>,
    /// Whether the letter would say since when they are absent in a row, and they are not.
    pub lacks_a_run: bool,
    /// What is barred, whole.
    pub barred: Vec<String>,
}

/// Several drafts, with what two people who write at once compare.
#[derive(Clone, Debug)]
pub struct Round {
    /// In the order of the students' names.
    pub drafts: Vec<Draft>,
    /// What was recorded last for any of them.
    pub seen: Option<Uuid>,
}

type Person = (Uuid, String, Option<String>, String, Option<String>, Option<String>);

impl Round {
    /// The letters from a template about some students, to whoever may get them.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a student out of reach or no template in use, [`Error::Invalid`] for too many.
    pub fn compose(students: &[Uuid], template: Uuid, db: &mut Db<'_, CreateLetters>) -> Result<Self> {
        let templates = LetterTemplate::all(db)?;
        let chosen = templates.iter().find(|one| one.id == template && one.is_in_use());
        let chosen = chosen.ok_or(Error::NotFound)?;
        let people = people(students, db)?;
        let span = absence_sums::this_year(db)?;
        let missed = absence_sums::missed(
            visible(db).filter(students::id.eq_any(students.to_vec())).select(students::id),
            span,
            db,
        )?;
        let absences = absence_sums::of(students, &missed, span, db)?;
        let mut around = addressees(students, db)?;
        let (today, since) = (db.today(), span.0);
        let drafts = people.into_iter().map(|(student, first, preferred, last, language, campus)| {
            let called = format!("{} {last}", preferred.as_ref().unwrap_or(&first));
            let (addressees, barred) = around.remove(&student).unwrap_or_default();
            let absence = absences.get(&student).copied().unwrap_or_default();
            let school = campus.as_deref().unwrap_or_default();
            let facts = Facts { student: &called, guardian: "", school, today, since, absence };
            let spoken = |to: &Addressee| chosen.spoken(to.language.as_deref(), &templates);
            let lacks_a_run = absence.run.is_none()
                && addressees.iter().map(spoken).any(|one| {
                    [&one.subject, &one.body].into_iter().any(|text| letter_text::tells_a_run(text))
                });
            let letter = |to: &Addressee| written(student, to, spoken(to), &facts);
            let letters = if lacks_a_run { Vec::new() } else { addressees.iter().map(letter).collect() };
            Draft { student, name: (called, language), letters, lacks_a_run, barred }
        });
        Ok(Self { drafts: drafts.collect(), seen: intervention::latest(students, db)?.map(|(id, _)| id) })
    }

    /// Keeps the letters, and for each student that they were written; answers the first letter's id. Nothing is kept where somebody recorded anything for one of them since `seen`.
    ///
    /// # Errors
    /// As [`Round::compose`]; [`Error::Invalid`] where nobody of them gets mail or the day to look again cannot be.
    pub fn write(
        (students, template): (&[Uuid], Uuid),
        look_again_on: NaiveDate,
        seen: Option<Uuid>,
        db: &mut Db<'_, CreateLetters>,
    ) -> Result<(Uuid, Edit<Intervention>)> {
        check_look_again(look_again_on, db.today())?;
        let mut held = students.to_vec();
        held.sort_unstable();
        people(&held, db)?;
        for one in &held {
            student::hold(*one, db)?;
        }
        let round = Self::compose(students, template, db)?;
        if let Some((newer, of)) =
            intervention::latest(students, db)?.filter(|(newest, _)| Some(*newest) != seen)
        {
            let now = Intervention::of((of, newer), db)?;
            let by = now.recorded_by();
            return Ok((newer, Edit::Stale { now: Box::new(now), by }));
        }
        let drafts: Vec<_> = round.drafts.iter().filter(|draft| !draft.letters.is_empty()).collect();
        if drafts.is_empty() {
            return Err(Error::invalid(
                "student",
                "Nobody of these gets a letter, so there is none to write.",
            ));
        }
        let (batch, mut first) = (new_id(), None);
        for draft in drafts {
            let letter = draft.keep(batch, look_again_on, db)?;
            first = first.or(letter);
        }
        Ok((first.ok_or(Error::NotFound)?, Edit::Kept))
    }
}

impl Draft {
    /// Keeps the letters and that they were written; answers the first one's id.
    fn keep(
        &self,
        batch: Uuid,
        look_again_on: NaiveDate,
        db: &mut Db<'_, CreateLetters>,
    ) -> Result<Option<Uuid>> {
        let names: Vec<&str> = self.letters.iter().map(|letter| letter.addressee.as_str()).collect();
        let subject = self.letters.first().map(|letter| letter.subject.chars().take(500).collect());
        let action = NewIntervention {
            kind: InterventionKind::Wrote,
            happened_on: db.today(),
            contact_id: self.letters.first().filter(|_| self.letters.len() == 1).map(|letter| letter.contact),
            with_name: Some(names.join(", ").chars().take(300).collect()),
            outcome: InterventionOutcome::UnderWay,
            note: subject,
            look_again_on,
        };
        let action = action.insert(self.student, db)?;
        let ids: Vec<Uuid> = self.letters.iter().map(|_| new_id()).collect();
        let rows: Vec<_> = self
            .letters
            .iter()
            .zip(&ids)
            .map(|(letter, id)| {
                (
                    (letters::organization_id.eq(db.organization()), letters::id.eq(id)),
                    (letters::batch_id.eq(batch), letters::attendance_intervention_id.eq(action)),
                    (letters::student_id.eq(letter.student), letters::contact_id.eq(letter.contact)),
                    (
                        letters::letter_template_id.eq(letter.template),
                        letters::written_on.eq(letter.written_on),
                    ),
                    (letters::addressee.eq(&letter.addressee), letters::address.eq(&letter.address)),
                    (letters::language.eq(&letter.language), letters::subject.eq(&letter.subject)),
                    letters::body.eq(&letter.body),
                )
            })
            .collect();
        diesel::insert_into(letters::table).values(rows).execute(db.conn())?;
        Ok(ids.first().copied())
    }
}

fn written(student: Uuid, to: &Addressee, template: &LetterTemplate, facts: &Facts<'_>) -> Letter {
    let facts = Facts { guardian: &to.name, ..facts.clone() };
    Letter {
        student,
        contact: to.contact,
        school: Some(facts.school.to_owned()).filter(|name| !name.is_empty()),
        template: template.id,
        written_on: facts.today,
        addressee: to.name.clone(),
        address: to.address.clone(),
        language: template.language.clone(),
        subject: facts.fill(&template.subject, &template.language).chars().take(600).collect(),
        body: facts.fill(&template.body, &template.language),
    }
}

/// The students by name, every one of them or none.
fn people<P: Permission>(of: &[Uuid], db: &mut Db<'_, P>) -> Result<Vec<Person>> {
    if of.len() > MOST {
        return Err(Error::invalid("student", format!("At most {MOST} students at once.")));
    }
    let campus = campuses::table
        .filter(campuses::organization_id.eq(students::organization_id))
        .filter(campuses::id.nullable().eq(students::campus_id))
        .select(campuses::name);
    let found: Vec<Person> = visible(db)
        .filter(students::id.eq_any(of.to_vec()))
        .select((
            students::id,
            students::first_name,
            students::preferred_name,
            students::last_name,
            students::name_language,
            campus.single_value(),
        ))
        .order((students::last_name, students::first_name, students::id))
        .load(db.conn())?;
    if found.len() == of.len() && !found.is_empty() { Ok(found) } else { Err(Error::NotFound) }
}
