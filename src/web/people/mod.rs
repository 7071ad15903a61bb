//! Students, their families and the staff.

pub(super) mod changes;
mod contacts;
mod guardians;
mod heat;
mod placements;
mod restrictions;
mod staff;
mod student_files;
mod students;
mod withdrawals;

use actix_web::web::ServiceConfig;

/// The routes of this area.
pub fn routes(app: &mut ServiceConfig) {
    app.configure(students::routes)
        .configure(placements::routes)
        .configure(withdrawals::routes)
        .configure(guardians::routes)
        .configure(restrictions::routes)
        .configure(contacts::routes)
        .configure(staff::routes)
        .configure(student_files::routes);
}
