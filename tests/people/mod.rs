//! Students, their families and the staff.

mod enrolment;
mod students;
