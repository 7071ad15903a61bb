//! The areas of the program by name.

/// An area of the program, as the navigation shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// My own registers today.
    Today,
    /// Every register of the day.
    Board,
    /// Who comes late, leaves early and comes back.
    FrontDesk,
    /// Absences known beforehand.
    Ahead,
    /// Fire rolls and the lists of trips.
    RollCalls,
    /// Who of the staff is here.
    StaffAttendance,
    /// Who is absent often, and what was done about it.
    FollowUps,
    /// Registers that were never submitted, or late.
    Untaken,
    /// What was changed after submission.
    Corrections,
    /// Students.
    Students,
    /// Whom to call.
    Guardians,
    /// Members of staff.
    Staff,
    /// Classes.
    Classes,
    /// The places where school is held.
    Campuses,
    /// Years, terms and days that differ.
    Calendar,
    /// When registers are due and what makes a day.
    Policies,
    /// What days add up to.
    Reports,
    /// Each campus's day in numbers.
    CampusDays,
    /// Who offers programs.
    Districts,
    /// What students take part in beside classes.
    Programs,
    /// Which roles demand a second factor.
    SecondFactor,
    /// How long records are kept, and who is erased.
    Retention,
    /// Where people sign in with the school's own account.
    SignOn,
    /// What comes in from other systems.
    Imports,
    /// Who signs in.
    Accounts,
    /// What people may do.
    Roles,
    /// Who looked at whose record.
    AccessLog,
    /// Who changed what.
    ChangeLog,
    /// Who of the platform was here.
    Visits,
    /// Organizations, for the platform's own people.
    Organizations,
    /// None of them, such as one's own account.
    Elsewhere,
}
