//! Registers, marks, the teacher's day, the office's board, and who of the staff is here.

mod around;
mod arrivals;
mod board;
mod heading;
mod marking;
mod marks;
mod read;
mod registers;
mod row;
mod staff_attendance;
mod today;

use actix_web::web::ServiceConfig;

/// The routes of this area.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(registers::routes)
        .configure(marks::routes)
        .configure(today::routes)
        .configure(board::routes)
        .configure(arrivals::routes)
        .configure(staff_attendance::routes);
}
