//! Grades: the standard's codes, and what real exports write instead.

use super::cells::Cells;

/// A level as the school's list of grades holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// The standard's code, such as `KG` or `09`; an unknown one as written.
    pub code: String,
    /// What people say: *Kindergarten*, *Grade 9*.
    pub name: String,
    /// From the youngest to the oldest; unknown ones last.
    pub sort_order: i32,
}

/// Code, name, and other ways to write it, in the order of age. Numbers are not here.
const NAMED: [(&str, &str, &[&str]); 5] = [
    ("IT", "Infant or toddler", &["infant", "toddler", "infant/toddler"]),
    ("PR", "Preschool", &["-2", "preschool", "ps3", "pk3", "p3", "pre-school"]),
    ("PK", "Pre-kindergarten", &["-1", "prek", "pre-k", "pk4", "prekindergarten"]),
    ("TK", "Transitional kindergarten", &["transitional kindergarten", "t-k"]),
    ("KG", "Kindergarten", &["0", "00", "k", "kn", "kinder", "kindergarten"]),
];
const AFTER: [(&str, &str, &[&str]); 3] = [
    ("PS", "Postsecondary", &["post", "postsecondary", "college"]),
    ("UG", "Ungraded", &["ungraded", "na", "n/a"]),
    ("Other", "Other", &[]),
];
const FIRST_NUMBER: i32 = 5;
const FIRST_AFTER: i32 = 19;
/// Characters of a grade's code.
const CODE: usize = 20;
const UNKNOWN: i32 = 99;

impl Grade {
    /// The grade that `written` means; never fails, since a school may have grades of its own.
    pub fn of(written: &str) -> Self {
        numbered(written)
            .or_else(|| named(&NAMED, 1, written))
            .or_else(|| named(&AFTER, FIRST_AFTER, written))
            .unwrap_or_else(|| Self {
                code: written.to_owned(),
                name: written.to_owned(),
                sort_order: UNKNOWN,
            })
    }

    pub(super) fn list(cells: &mut Cells) -> Vec<Self> {
        if cells.list("grades").iter().any(|written| written.chars().count() > CODE) {
            cells.refuse("grades", format!("A grade is at most {CODE} characters long."));
        }
        cells.list("grades").iter().map(|written| Self::of(written)).collect()
    }
}

/// `9`, `09`, `9th`, `Grade 9`, `9th grade`: 1 to 13.
fn numbered(written: &str) -> Option<Grade> {
    let written = written.to_ascii_lowercase();
    let core = written.trim_start_matches("grade").trim_end_matches("grade").trim();
    let core = ["st", "nd", "rd", "th"].iter().find_map(|end| core.strip_suffix(end)).unwrap_or(core);
    let number: i32 = core.parse().ok().filter(|number| (1..=13).contains(number))?;
    Some(Grade {
        code: format!("{number:02}"),
        name: format!("Grade {number}"),
        sort_order: FIRST_NUMBER + number,
    })
}

fn named(list: &[(&str, &str, &[&str])], first: i32, written: &str) -> Option<Grade> {
    let found = (first..).zip(list).find(|(_, (code, name, others))| {
        let mut all = others.iter().chain([code, name]);
        all.any(|word| word.eq_ignore_ascii_case(written))
    });
    found.map(|(sort_order, (code, name, _))| Grade {
        code: (*code).to_owned(),
        name: (*name).to_owned(),
        sort_order,
    })
}

#[cfg(test)]
mod tests {
    use super::Grade;

    fn code(written: &str) -> String {
        Grade::of(written).code
    }

    #[test]
    fn kindergarten_has_many_spellings() {
        for written in ["KG", "kg", "K", "0", "Kindergarten"] {
            assert_eq!(code(written), "KG", "{written}");
        }
        assert_eq!(code("pk"), "PK");
        assert_eq!(code("-2"), "PR");
    }

    #[test]
    fn a_number_is_a_grade_however_it_is_written() {
        for written in ["9", "09", "9th", "Grade 9", "9th grade"] {
            assert_eq!(code(written), "09", "{written}");
        }
        assert_eq!(Grade::of("01").name, "Grade 1");
    }

    #[test]
    fn grades_sort_by_age() {
        let written = ["IT", "PR", "PK", "TK", "KG", "01", "12", "13", "PS", "UG", "Other", "Reception"];
        let orders: Vec<_> = written.iter().map(|grade| Grade::of(grade).sort_order).collect();
        assert!(orders.is_sorted_by(|one, next| one < next), "{orders:?}");
    }

    #[test]
    fn a_grade_of_the_schools_own_is_kept_as_written() {
        assert_eq!(Grade::of("Reception").name, "Reception");
        assert_eq!(code("14"), "14");
    }
}
