//! Registers, marks, the teacher's day, the office's board, and who of the staff is here.

mod absence_follow_ups;
mod around;
mod arrivals;
mod board;
mod campus_days;
mod codes;
mod corrections;
mod covers;
mod excuses;
mod front_desk;
pub(super) mod heading;
mod interventions;
mod letter_templates;
mod letters;
mod marking;
mod marks;
mod papers;
mod planned;
mod policies;
mod read;
mod register_sheets;
mod registers;
mod registers_not_taken;
mod reports;
mod roll_calls;
mod row;
mod staff_attendance;
mod today;

use actix_web::web::ServiceConfig;

pub use board::Boards;

/// The routes of this area.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(registers::routes)
        .configure(marks::routes)
        .configure(papers::routes)
        .configure(today::routes)
        .configure(board::routes)
        .configure(planned::routes)
        .configure(policies::routes)
        .configure(codes::routes)
        .configure(covers::routes)
        .configure(roll_calls::routes)
        .configure(excuses::routes)
        .configure(front_desk::routes)
        .configure(arrivals::routes)
        .configure(staff_attendance::routes)
        .configure(register_sheets::routes)
        .configure(reports::routes)
        .configure(campus_days::routes)
        .configure(absence_follow_ups::routes)
        .configure(interventions::routes)
        .configure(letters::routes)
        .configure(letter_templates::routes)
        .configure(registers_not_taken::routes)
        .configure(corrections::routes);
}
