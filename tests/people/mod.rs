//! Students, their families and the staff.

mod attendance;
mod contacts;
mod enrolment;
mod guardians;
mod staff;
mod students;
