//! What a letter says: a template's text with its placeholders filled in.

use chrono::NaiveDate;

use super::absence::Absence;

/// Every placeholder and what stands in its place.
pub const PLACEHOLDERS: &[(&str, &str)] = &[
    ("student", "The student’s name"),
    ("guardian", "To whom the letter goes"),
    ("school", "The student’s campus"),
    ("today", "The day of the letter"),
    ("since", "The first day of the school year"),
    ("days_absent", "Days absent since then"),
    ("days_enrolled", "Days enrolled since then"),
    ("percentage", "Days absent of those enrolled, in percent"),
    ("days_in_a_row", "Whole days absent in a row, up to now"),
    ("absent_since", "The first of them"),
];

/// What a letter is about.
#[derive(Clone, Debug)]
pub(super) struct Facts<'f> {
    pub(super) student: &'f str,
    pub(super) guardian: &'f str,
    pub(super) school: &'f str,
    pub(super) today: NaiveDate,
    pub(super) since: NaiveDate,
    pub(super) absence: Absence,
}

/// A part of a text: words as they are, or the name of a placeholder.
#[derive(Debug, PartialEq, Eq)]
enum Part<'t> {
    Words(&'t str),
    Placeholder(&'t str),
}

/// Whether every placeholder of a text is one of ours.
///
/// # Errors
/// A sentence for the field that names the first that is none.
pub fn check(text: &str) -> Result<(), String> {
    for part in parts(text)? {
        if let Part::Placeholder(name) = part
            && PLACEHOLDERS.iter().all(|(known, _)| *known != name)
        {
            return Err(format!("Nothing is called {{{name}}}. The list below names every placeholder."));
        }
    }
    Ok(())
}

/// Whether a text says since when somebody is absent in a row.
pub(super) fn tells_a_run(text: &str) -> bool {
    let tells = |part: &Part<'_>| matches!(part, Part::Placeholder("days_in_a_row" | "absent_since"));
    parts(text).is_ok_and(|parts| parts.iter().any(tells))
}

fn parts(text: &str) -> Result<Vec<Part<'_>>, String> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some((words, behind)) = rest.split_once('{') {
        let (name, after) =
            behind.split_once('}').ok_or("A brace { is open to the end. Close it behind the placeholder.")?;
        if words.contains('}') || name.contains('{') {
            break;
        }
        parts.extend([Part::Words(words), Part::Placeholder(name.trim())]);
        rest = after;
    }
    if rest.contains(['{', '}']) {
        return Err("Braces stand only around placeholders, such as {student}.".into());
    }
    parts.push(Part::Words(rest));
    Ok(parts)
}

impl Facts<'_> {
    /// The text with everything in its place. What stands in for a placeholder is not read again.
    pub(super) fn fill(&self, text: &str, language: &str) -> String {
        let parts = parts(text).unwrap_or_else(|_| vec![Part::Words(text)]);
        let fill = |part: Part<'_>| match part {
            Part::Words(words) => words.to_owned(),
            Part::Placeholder(name) => self.value(name, language),
        };
        parts.into_iter().map(fill).collect()
    }

    fn value(&self, name: &str, language: &str) -> String {
        let day = |day: NaiveDate| written(day, language);
        match name {
            "student" => self.student.to_owned(),
            "guardian" => self.guardian.to_owned(),
            "school" => self.school.to_owned(),
            "today" => day(self.today),
            "since" => day(self.since),
            "days_absent" => self.absence.days_absent(),
            "days_enrolled" => self.absence.days_enrolled(),
            "percentage" => self.absence.percent(),
            "days_in_a_row" => self.absence.in_a_row().to_string(),
            "absent_since" => day(self.absence.run.map_or(self.today, |run| run.since)),
            _ => String::new(),
        }
    }
}

/// A day in an English letter by the month's name, in any other language by numbers that everybody reads.
pub(super) fn written(day: NaiveDate, language: &str) -> String {
    let is_english = language.split('-').next().is_some_and(|word| word.eq_ignore_ascii_case("en"));
    day.format(if is_english { "%-d %B %Y" } else { "%Y-%m-%d" }).to_string()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Facts, check};
    use crate::attendance::absence::{Absence, Run};

    fn facts<'f>(student: &'f str, guardian: &'f str) -> Facts<'f> {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let run = Some(Run { days: 3, since: day(19) });
        let absence = Absence { possible: 120, absent: 21, run };
        Facts { student, guardian, school: "Quay Street", today: day(23), since: day(2), absence }
    }

    #[test]
    fn a_letter_says_what_the_days_add_up_to() {
        let said =
            facts("Amal", "Hodan").fill("{student}: {days_absent} of {days_enrolled}, {percentage}", "en-GB");

        assert_eq!(said, "Amal: 10½ of 60, 17.5 %");
    }

    #[test]
    fn days_are_written_as_the_letters_language_reads_them() {
        let facts = facts("Amal", "Hodan");

        assert_eq!(facts.fill("{absent_since}", "en"), "19 November 2026");
        assert_eq!(facts.fill("{absent_since}", "so"), "2026-11-19");
    }

    #[test]
    fn a_name_with_braces_is_not_filled_again() {
        assert_eq!(facts("{guardian}", "Hodan").fill("Dear {student}", "en"), "Dear {guardian}");
    }

    #[test]
    fn a_template_with_a_placeholder_that_is_none_is_refused_by_its_name() {
        for (text, said) in [
            ("Dear {parent}", "{parent}"),
            ("Dear {student", "open to the end"),
            ("Dear student}", "only around"),
            ("{{student}}", "only around"),
            ("{}", "{}"),
        ] {
            assert!(check(text).is_err_and(|message| message.contains(said)), "{text}");
        }
        assert_eq!(check("Dear {guardian}, { student } is absent."), Ok(()));
    }
}
