//! The two schools as they are drawn up before anybody exists.

use std::ops::RangeInclusive;

use chrono::NaiveTime;

use crate::words::AttendanceBasis;

/// A school to be raised.
pub(super) struct SchoolPlan {
    /// Its short name.
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) zone: &'static str,
    /// What addresses of its staff end with.
    pub(super) domain: &'static str,
    /// Where its sequence of chances starts.
    pub(super) seed: u64,
    /// The languages that half of its families speak.
    pub(super) home: &'static [&'static str],
    pub(super) streets: &'static [&'static str],
    pub(super) campuses: &'static [CampusPlan],
    /// How many students a homeroom has.
    pub(super) class_size: RangeInclusive<u32>,
    /// Teachers without a homeroom.
    pub(super) specialists: usize,
    /// Counselors, and as many paraeducators.
    pub(super) counselors: usize,
    /// The homeroom whose teacher a newcomer signs in as.
    pub(super) welcome: &'static str,
    /// That teacher's name.
    pub(super) teacher: (&'static str, &'static str),
}

/// A campus to be opened.
pub(super) struct CampusPlan {
    pub(super) name: &'static str,
    pub(super) code: &'static str,
    pub(super) zone: Option<&'static str>,
    /// Main colour, the text on it, the border, the pale ground.
    pub(super) colors: [&'static str; 4],
    pub(super) mascot: &'static str,
    pub(super) address: &'static str,
    pub(super) basis: AttendanceBasis,
    /// When the day begins, the register is due and the day ends: hours and minutes.
    pub(super) bells: [(u32, u32); 3],
    pub(super) teacher_edit_days: i16,
    /// Grades with a homeroom for each of the sections; 0 is kindergarten.
    pub(super) grades: RangeInclusive<u8>,
    pub(super) sections: &'static [&'static str],
    /// Whether subjects are taught in classes of their own.
    pub(super) is_secondary: bool,
    /// Whether a ferry stands between it and the others, so that no family has children here and there.
    pub(super) is_island: bool,
}

/// A homeroom to be filled.
pub(super) struct HomeroomPlan {
    /// Which of the plan's campuses.
    pub(super) campus: usize,
    pub(super) grade: u8,
    pub(super) name: String,
}

impl SchoolPlan {
    /// Every homeroom, campus by campus and lowest grade first.
    pub(super) fn homerooms(&self) -> Vec<HomeroomPlan> {
        let mut all = Vec::new();
        for (campus, plan) in self.campuses.iter().enumerate() {
            for grade in plan.grades.clone() {
                for section in plan.sections {
                    let level = if grade == 0 { "K".to_owned() } else { grade.to_string() };
                    let name = format!("Homeroom {level}{section}");
                    all.push(HomeroomPlan { campus, grade, name });
                }
            }
        }
        all
    }
}

impl CampusPlan {
    /// One of the bells: 0 the day begins, 1 the register is due, 2 the day ends.
    pub(super) fn bell(&self, which: usize) -> NaiveTime {
        let (hour, minute) = self.bells[which];
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()
    }
}

/// A port with an island before it, and a small school far away whose clock is half an hour askew.
pub(super) const SCHOOLS: [SchoolPlan; 2] = [
    SchoolPlan {
        slug: "harbourside",
        name: "Harbourside Schools",
        zone: "Europe/Lisbon",
        domain: "harbourside.example",
        seed: 1755,
        home: &["pt", "en", "es"],
        streets: &[
            "Rua do Cais",
            "Rua da Alfândega",
            "Travessa do Farol",
            "Largo da Fonte",
            "Avenida do Mar",
            "Beco das Redes",
            "Rua dos Carpinteiros",
            "Calçada do Moinho",
        ],
        campuses: &[
            CampusPlan {
                name: "Quay Street",
                code: "QS",
                zone: None,
                colors: ["#1d4f91", "#ffffff", "#16406f", "#eaf1fb"],
                mascot: "Heron",
                address: "1 Rua do Cais",
                basis: AttendanceBasis::Daily,
                bells: [(8, 30), (9, 0), (15, 30)],
                teacher_edit_days: 1,
                grades: 0..=5,
                sections: &["A", "B"],
                is_secondary: false,
                is_island: false,
            },
            CampusPlan {
                name: "Hill Road",
                code: "HR",
                zone: None,
                colors: ["#1f6b3b", "#ffffff", "#17522d", "#e9f6ee"],
                mascot: "Fox",
                address: "40 Calçada do Moinho",
                basis: AttendanceBasis::Daily,
                bells: [(8, 15), (8, 40), (16, 0)],
                teacher_edit_days: 3,
                grades: 6..=9,
                sections: &["A", "B"],
                is_secondary: true,
                is_island: false,
            },
            CampusPlan {
                name: "Island House",
                code: "IH",
                zone: Some("Atlantic/Azores"),
                colors: ["#8a2d5c", "#ffffff", "#6d2349", "#fbeaf3"],
                mascot: "Whale",
                address: "Largo do Porto Novo",
                basis: AttendanceBasis::AmPm,
                bells: [(9, 0), (9, 30), (15, 0)],
                teacher_edit_days: 1,
                grades: 1..=5,
                sections: &["C"],
                is_secondary: false,
                is_island: true,
            },
        ],
        class_size: 20..=28,
        specialists: 7,
        counselors: 2,
        welcome: "Homeroom 4A",
        teacher: ("Rosa", "Lindqvist"),
    },
    SchoolPlan {
        slug: "deodar",
        name: "Deodar School",
        zone: "Asia/Kolkata",
        domain: "deodar.example",
        seed: 1857,
        home: &["hi", "ta", "bn", "en"],
        streets: &["Temple Road", "Cedar Lane", "Station Road", "Upper Bazaar", "Mill Road"],
        campuses: &[CampusPlan {
            name: "Deodar School",
            code: "DS",
            zone: None,
            colors: ["#8a4310", "#ffffff", "#6b340c", "#fdf2e7"],
            mascot: "Macaque",
            address: "3 Cedar Lane",
            basis: AttendanceBasis::Daily,
            bells: [(8, 0), (8, 20), (14, 0)],
            teacher_edit_days: 1,
            grades: 1..=3,
            sections: &["A"],
            is_secondary: false,
            is_island: false,
        }],
        class_size: 20..=20,
        specialists: 1,
        counselors: 1,
        welcome: "Homeroom 2A",
        teacher: ("Meena", "Carvalho"),
    },
];
