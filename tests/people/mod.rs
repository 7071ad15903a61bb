//! Students, their families and the staff.

mod attendance;
mod enrolment;
mod students;
