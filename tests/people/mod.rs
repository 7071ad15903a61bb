//! Students, their families and the staff.

mod students;
