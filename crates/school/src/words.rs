//! Enumerations, declared once: the database's word, the form's word and the label that people read.

/// Declares an enum over a PostgreSQL enum: `Variant = "database word" "Label"`.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal $label:literal),+ $(,)? })+) => {
        $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow)]
        #[diesel(sql_type = schema::sql_types::$name)]
        pub enum $name {
            $(#[doc = $label] $variant,)+
        }

        impl $name {
            /// Every value, in the order in which people meet them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in forms, files and the database.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What people read.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// The value that `word` names, if any.
            #[must_use]
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl diesel::serialize::ToSql<schema::sql_types::$name, diesel::pg::Pg> for $name {
            fn to_sql<'b>(
                &'b self, out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>,
            ) -> diesel::serialize::Result {
                std::io::Write::write_all(out, self.word().as_bytes())?;
                Ok(diesel::serialize::IsNull::No)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                Self::named(&word).ok_or_else(|| {
                    serde::de::Error::custom(format_args!("no {} is called {word}", stringify!($name)))
                })
            }
        }

        impl diesel::deserialize::FromSql<schema::sql_types::$name, diesel::pg::Pg> for $name {
            fn from_sql(bytes: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
                let word = std::str::from_utf8(bytes.as_bytes())?;
                Self::named(word).ok_or_else(|| format!("no {} is called {word}", stringify!($name)).into())
            }
        }
        )+
    };
}

words! {
    /// How far a permission reaches.
    UserScope {
        Own = "own" "Their own",
        Assigned = "assigned" "Classes and students assigned to them",
        Campuses = "campuses" "Their campuses",
        Organization = "organization" "The whole organization",
        Global = "global" "Every organization",
    }
    /// A student's gender as recorded.
    Gender {
        Female = "female" "Female",
        Male = "male" "Male",
        Other = "other" "Other",
        Unspecified = "unspecified" "Not specified",
    }
    /// Where a student stands with the school.
    StudentStatus {
        Active = "active" "Active",
        Prospective = "prospective" "Prospective",
        OnLeave = "on_leave" "On leave",
        Graduated = "graduated" "Graduated",
        Withdrawn = "withdrawn" "Withdrawn",
    }
    /// What a contact is to a student.
    Relationship {
        Mother = "mother" "Mother",
        Father = "father" "Father",
        Guardian = "guardian" "Guardian",
        Grandparent = "grandparent" "Grandparent",
        Sibling = "sibling" "Brother or sister",
        Other = "other" "Other",
    }
    /// What a member of staff does.
    StaffType {
        Teacher = "teacher" "Teacher",
        Director = "director" "Director",
        Counselor = "counselor" "Counselor",
        Finance = "finance" "Finance",
        Administrator = "administrator" "Administrator",
        Paraeducator = "paraeducator" "Paraeducator",
        Support = "support" "Office and support",
    }
    /// Whether a member of staff is at work.
    StaffStatus {
        Active = "active" "Active",
        OnLeave = "on_leave" "On leave",
        Left = "left" "Left",
    }
    /// Whether a member of staff came on a day.
    StaffAttendanceStatus {
        Present = "present" "Present",
        Late = "late" "Late",
        Absent = "absent" "Absent",
    }
    /// What one person may do with one student.
    AccessLevel {
        View = "view" "View",
        Contribute = "contribute" "Contribute",
        Manage = "manage" "Manage",
    }
    /// What a class is for.
    ClassKind {
        Homeroom = "homeroom" "Homeroom",
        Scheduled = "scheduled" "Scheduled",
    }
    /// Whether a class runs.
    ClassStatus {
        Active = "active" "Active",
        Planned = "planned" "Planned",
        Closed = "closed" "Closed",
    }
    /// Where a student stands with a class.
    ClassEnrollmentStatus {
        Active = "active" "Active",
        Completed = "completed" "Completed",
        Transferred = "transferred" "Transferred",
        Withdrawn = "withdrawn" "Withdrawn",
    }
    /// Whether a subject is taught in a class.
    ClassSubjectStatus {
        Active = "active" "Active",
        Inactive = "inactive" "Inactive",
    }
    /// What somebody does in front of a class.
    ClassDuty {
        Teacher = "teacher" "Teacher",
        CoTeacher = "co_teacher" "Co-teacher",
        Aide = "aide" "Aide",
        Substitute = "substitute" "Substitute",
    }
    /// A part of the school year.
    TermKind {
        Term = "term" "Term",
        Semester = "semester" "Semester",
        Quarter = "quarter" "Quarter",
    }
    /// Why a day differs from its weekday.
    CalendarDayKind {
        Holiday = "holiday" "Holiday",
        Closure = "closure" "Closure",
        MakeUp = "make_up" "Make-up day",
        HalfDay = "half_day" "Half day",
    }
    /// Whether a code means the child is there.
    CodePresence {
        Present = "present" "Present",
        Absent = "absent" "Absent",
        Partial = "partial" "Part of the time",
    }
    /// Whether a code means the child was on time.
    CodeTiming {
        OnTime = "on_time" "On time",
        Late = "late" "Late",
        LeftEarly = "left_early" "Left early",
    }
    /// What is known of the reason.
    CodeExcuse {
        None = "none" "No excuse needed",
        Excused = "excused" "Excused",
        Unexcused = "unexcused" "Unexcused",
        Awaiting = "awaiting" "Awaiting word",
    }
    /// Where the child is.
    CodePlace {
        OnSite = "on_site" "On site",
        OffSite = "off_site" "Off site",
        Remote = "remote" "Remote",
    }
    /// How often a campus calls the roll.
    AttendanceBasis {
        Daily = "daily" "Once a day",
        AmPm = "am_pm" "Morning and afternoon",
        Period = "period" "Each lesson",
    }
    /// Whether a register is of a day or of a lesson.
    SessionType {
        Daily = "daily" "Day",
        Period = "period" "Lesson",
    }
    /// A mark in the first source's five words.
    AttendanceStatus {
        Present = "present" "Present",
        Late = "late" "Late",
        Absent = "absent" "Absent",
        Excused = "excused" "Excused",
        LeftEarly = "left_early" "Left early",
    }
    /// Which way somebody passes the front desk.
    MovementKind {
        Arrival = "arrival" "Came",
        Departure = "departure" "Left",
        Return = "return" "Came back",
    }
    /// What the school did about a student's absence.
    InterventionKind {
        Called = "called" "Called",
        Wrote = "wrote" "Wrote",
        Met = "met" "Met",
        Visited = "visited" "Visited",
        Referred = "referred" "Referred",
    }
    /// What came of it.
    InterventionOutcome {
        Reached = "reached" "Reached",
        MessageLeft = "message_left" "Left a message",
        NotReached = "not_reached" "Not reached",
        UnderWay = "under_way" "Under way",
    }
    /// How far a run of work has come.
    RunStatus {
        Waiting = "waiting" "Waiting",
        Running = "running" "Running",
        Done = "done" "Done",
        Failed = "failed" "Failed",
        Cancelled = "cancelled" "Cancelled",
    }
    /// How far an import has come.
    ImportState {
        Uploaded = "uploaded" "Columns to be matched",
        Rehearsing = "rehearsing" "Rehearsing",
        Rehearsed = "rehearsed" "Ready to apply",
        Applying = "applying" "Being applied",
        Done = "done" "Done",
        Failed = "failed" "Came to nothing",
        Cancelled = "cancelled" "Cancelled",
    }
}
