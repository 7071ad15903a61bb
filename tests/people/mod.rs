//! Students, their families and the staff.

mod attendance;
mod contacts;
mod enrolment;
mod guardians;
mod namesakes;
mod restrictions;
mod staff;
mod students;
