//! The tables as Diesel sees them, written by `bin/schema` from the migrations: nobody edits this file.

// @generated automatically by Diesel CLI.

pub mod sql_types {
    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "access_action"))]
    pub struct AccessAction;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "access_level"))]
    pub struct AccessLevel;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "attendance_basis"))]
    pub struct AttendanceBasis;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "attendance_status"))]
    pub struct AttendanceStatus;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "calendar_day_kind"))]
    pub struct CalendarDayKind;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "class_duty"))]
    pub struct ClassDuty;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "class_enrollment_status"))]
    pub struct ClassEnrollmentStatus;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "class_kind"))]
    pub struct ClassKind;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "class_status"))]
    pub struct ClassStatus;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "class_subject_status"))]
    pub struct ClassSubjectStatus;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "code_excuse"))]
    pub struct CodeExcuse;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "code_place"))]
    pub struct CodePlace;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "code_presence"))]
    pub struct CodePresence;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "code_timing"))]
    pub struct CodeTiming;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "disclosure_basis"))]
    pub struct DisclosureBasis;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "erasure_basis"))]
    pub struct ErasureBasis;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "erasure_state"))]
    pub struct ErasureState;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "gender"))]
    pub struct Gender;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "import_state"))]
    pub struct ImportState;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "intervention_kind"))]
    pub struct InterventionKind;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "intervention_outcome"))]
    pub struct InterventionOutcome;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "link_purpose"))]
    pub struct LinkPurpose;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "mail_kind"))]
    pub struct MailKind;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "movement_kind"))]
    pub struct MovementKind;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "provider_kind"))]
    pub struct ProviderKind;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "record_kind"))]
    pub struct RecordKind;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "relationship"))]
    pub struct Relationship;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "roll_call_kind"))]
    pub struct RollCallKind;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "roll_call_known"))]
    pub struct RollCallKnown;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "run_status"))]
    pub struct RunStatus;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "session_type"))]
    pub struct SessionType;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "staff_attendance_status"))]
    pub struct StaffAttendanceStatus;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "staff_status"))]
    pub struct StaffStatus;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "staff_type"))]
    pub struct StaffType;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "student_status"))]
    pub struct StudentStatus;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "term_kind"))]
    pub struct TermKind;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "user_program_status"))]
    pub struct UserProgramStatus;

    #[derive(Clone, Copy, Debug, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "user_scope"))]
    pub struct UserScope;
}

diesel::table! {
    academic_years (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        #[max_length = 60]
        name -> Varchar,
        start_date -> Date,
        /// The last day, inclusive
        end_date -> Date,
        current -> Bool,
        /// Days of the week with school: 0 Sunday to 6 Saturday
        school_weekdays -> Array<Nullable<Int2>>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    access_event_subjects (organization_id, student_id, event_id) {
        organization_id -> Uuid,
        /// No foreign key: that somebody looked outlives the record they looked at
        student_id -> Uuid,
        event_id -> Uuid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::AccessAction;

    access_events (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        at -> Timestamptz,
        user_id -> Nullable<Uuid>,
        session_id -> Nullable<Uuid>,
        #[max_length = 45]
        ip_address -> Varchar,
        request_id -> Uuid,
        /// The route as the program knows it, never what was typed
        #[max_length = 150]
        page -> Varchar,
        /// By which right; empty where somebody had none
        #[max_length = 80]
        permission -> Varchar,
        action -> AccessAction,
        #[max_length = 60]
        kind -> Varchar,
        /// 0 nothing of a child, 1 names and classes, 2 records, 3 family and what is barred, 4 health and counselling
        data_class -> Int2,
        resource_id -> Nullable<Uuid>,
        /// How many children were shown
        shown -> Int4,
        /// The visit of platform staff in which it happened
        visit_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::CodePresence;
    use super::sql_types::CodeTiming;
    use super::sql_types::CodeExcuse;
    use super::sql_types::CodePlace;

    /// The school's own marks; retired, never removed. Teachers do not excuse
    attendance_codes (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        /// A short name that stays: what forms and imports write
        #[max_length = 20]
        code -> Varchar,
        #[max_length = 60]
        name -> Varchar,
        /// The letter that sets it on the register
        #[max_length = 1]
        key -> Bpchar,
        presence -> CodePresence,
        timing -> CodeTiming,
        excuse -> CodeExcuse,
        place -> CodePlace,
        set_by_teacher -> Bool,
        set_by_office -> Bool,
        #[max_length = 7]
        color -> Nullable<Varchar>,
        /// The first three stand on every row, the rest behind the dots
        position -> Int2,
        retired_on -> Nullable<Date>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    /// What a day was worth for a student; every percentage reads it
    attendance_days (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        student_id -> Uuid,
        campus_id -> Uuid,
        day -> Date,
        possible -> Numeric,
        /// Part of a school day: 0, half or 1
        attended -> Numeric,
        excused -> Numeric,
        #[max_length = 200]
        derived_from -> Varchar,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
        /// Missed, and nobody has said why; what is neither attended, excused nor awaiting is unexcused
        awaiting -> Numeric,
        is_late -> Bool,
        minutes_late -> Int2,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::InterventionKind;
    use super::sql_types::InterventionOutcome;

    /// What the school did about a student's absence; corrected and withdrawn with a reason, never deleted
    attendance_interventions (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        student_id -> Uuid,
        kind -> InterventionKind,
        happened_on -> Date,
        contact_id -> Nullable<Uuid>,
        /// With whom, by name as it was then
        #[max_length = 300]
        with_name -> Nullable<Varchar>,
        outcome -> InterventionOutcome,
        #[max_length = 500]
        note -> Nullable<Varchar>,
        /// Until then the student is off the list of whom to follow up
        look_again_on -> Date,
        /// Why it was last corrected; who and when stand in the history
        #[max_length = 200]
        corrected_because -> Nullable<Varchar>,
        /// Why it counts no more; null while it does
        #[max_length = 200]
        withdrawn_because -> Nullable<Varchar>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::MovementKind;

    /// Who came late, left early and came back, as the front desk saw it; the mark follows
    attendance_movements (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        student_id -> Uuid,
        campus_id -> Uuid,
        class_id -> Uuid,
        day -> Date,
        kind -> MovementKind,
        at -> Time,
        minutes_late -> Nullable<Int2>,
        contact_id -> Nullable<Uuid>,
        /// With whom they left, by name as it was then
        #[max_length = 200]
        collected_by -> Nullable<Varchar>,
        #[max_length = 200]
        note -> Nullable<Varchar>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
        /// @sensitive The marks that followed, by slot, and what stood there before
        replaced -> Nullable<Jsonb>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::AttendanceStatus;

    /// A student in a register: the teacher's mark and the office's beside it. The office's stands
    attendance_records (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        attendance_session_id -> Uuid,
        student_id -> Uuid,
        /// The session's day, repeated so that a student's days are one index range
        session_date -> Date,
        teacher_code_id -> Nullable<Uuid>,
        office_code_id -> Nullable<Uuid>,
        /// The teacher says the child is here, against the office's mark
        is_here -> Bool,
        /// Derived from the mark that stands, in the first source's words
        status -> AttendanceStatus,
        /// Minutes after the campus's late_after
        minutes_late -> Nullable<Int2>,
        arrived_at -> Nullable<Time>,
        left_at -> Nullable<Time>,
        #[max_length = 300]
        remarks -> Nullable<Varchar>,
        #[max_length = 300]
        office_note -> Nullable<Varchar>,
        office_set_at -> Nullable<Timestamptz>,
        version -> Int4,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::SessionType;

    /// One taking of a register; nothing in it counts until it is submitted
    attendance_sessions (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        campus_id -> Uuid,
        class_id -> Uuid,
        class_subject_id -> Nullable<Uuid>,
        session_date -> Date,
        /// day, am, pm, or the lesson's start (HH:MM)
        #[max_length = 5]
        slot -> Varchar,
        session_type -> SessionType,
        #[max_length = 500]
        notes -> Nullable<Varchar>,
        taken_by_id -> Nullable<Uuid>,
        submitted_at -> Nullable<Timestamptz>,
        submitted_by_id -> Nullable<Uuid>,
        /// Whose class it is, where somebody else submitted
        on_behalf_of_id -> Nullable<Uuid>,
        version -> Int4,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    attendance_totals (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        student_id -> Uuid,
        campus_id -> Uuid,
        since -> Date,
        /// In halves of a day, as are attended, excused and awaiting
        possible -> Int2,
        attended -> Int2,
        excused -> Int2,
        awaiting -> Int2,
        /// Days on which the student came late
        lates -> Int2,
        minutes_late -> Int4,
        /// No day that counts lies before it; the last day likewise
        first_day -> Date,
        last_day -> Date,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    auth_refresh_tokens (id) {
        id -> Uuid,
        user_id -> Uuid,
        organization_id -> Nullable<Uuid>,
        /// @secret SHA-256 of the token in the cookie that stays
        token_hash -> Bytea,
        /// The first of all that come from one sign-in
        family_id -> Uuid,
        previous_token_id -> Nullable<Uuid>,
        replaced_by_token_id -> Nullable<Uuid>,
        /// The session that was opened with it; once that is ended by somebody, it renews nothing
        session_id -> Uuid,
        epoch -> Int4,
        #[max_length = 200]
        user_agent -> Varchar,
        #[max_length = 45]
        ip_address -> Varchar,
        created_at -> Timestamptz,
        /// When it was used, and another took its place
        seen_at -> Nullable<Timestamptz>,
        expires_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::CalendarDayKind;

    calendar_days (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        campus_id -> Uuid,
        day -> Date,
        kind -> CalendarDayKind,
        starts_at -> Nullable<Time>,
        ends_at -> Nullable<Time>,
        #[max_length = 200]
        note -> Nullable<Varchar>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
        /// The closure that made it
        closure_id -> Nullable<Uuid>,
        /// The closure that put another day in its place; undoing that brings it back
        replaced_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::AttendanceBasis;

    /// A campus's policy from a day on; the newest one that applies counts
    campus_attendance_config (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        campus_id -> Uuid,
        applies_from -> Date,
        #[max_length = 300]
        attendance_link -> Nullable<Varchar>,
        #[max_length = 120]
        updated_by_label -> Nullable<Varchar>,
        basis -> AttendanceBasis,
        due_time -> Time,
        /// When lateness begins to count: minutes late are measured from here
        late_after -> Time,
        half_day_minutes -> Int2,
        full_day_minutes -> Int2,
        /// Days after the register's day on which its teacher may still change it
        teacher_edit_days -> Int2,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
        /// When each lesson starts, in order, to the minute; only where the roll is called by lesson
        lesson_starts -> Nullable<Array<Nullable<Time>>>,
    }
}

diesel::table! {
    campus_attendance_summaries (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        campus_id -> Uuid,
        attendance_date -> Date,
        total_enrolled -> Nullable<Int4>,
        total_present -> Nullable<Int4>,
        total_absent -> Nullable<Int4>,
        /// Part of those present
        total_tardy -> Nullable<Int4>,
        attendance_percentage -> Nullable<Numeric>,
        #[max_length = 120]
        recorded_by_label -> Nullable<Varchar>,
        #[max_length = 500]
        notes -> Nullable<Varchar>,
        /// The registers say the numbers; the row keeps only notes
        is_computed -> Bool,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    campus_past_hours (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        campus_id -> Uuid,
        /// The last day on which they held
        last_day -> Date,
        day_starts_at -> Time,
        day_ends_at -> Time,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    campuses (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        #[max_length = 200]
        name -> Varchar,
        #[max_length = 20]
        code -> Varchar,
        #[max_length = 300]
        address -> Nullable<Varchar>,
        #[max_length = 40]
        phone -> Nullable<Varchar>,
        #[max_length = 254]
        email -> Nullable<Varchar>,
        #[max_length = 60]
        mascot -> Nullable<Varchar>,
        description -> Nullable<Text>,
        #[max_length = 7]
        color -> Nullable<Varchar>,
        #[max_length = 7]
        text_color -> Nullable<Varchar>,
        #[max_length = 7]
        border_color -> Nullable<Varchar>,
        #[max_length = 7]
        bg_light -> Nullable<Varchar>,
        #[max_length = 200]
        bg_gradient -> Nullable<Varchar>,
        is_online -> Bool,
        active -> Bool,
        /// IANA name; null: the organization's
        #[max_length = 60]
        time_zone -> Nullable<Varchar>,
        day_starts_at -> Time,
        day_ends_at -> Time,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
        /// Members of staff say themselves that they are here
        staff_sign_in -> Bool,
    }
}

diesel::table! {
    change_events (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        at -> Timestamptz,
        user_id -> Nullable<Uuid>,
        #[max_length = 60]
        entity -> Varchar,
        /// What the rows belong to: a register for its marks, a student for an address
        subject_id -> Uuid,
        #[max_length = 10]
        operation -> Varchar,
        /// One entry a row: id, and each changed column with old and new value
        changes -> Jsonb,
        /// The transaction that made the change; null for changes before it was recorded
        transaction_id -> Nullable<Int8>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::ClassEnrollmentStatus;

    class_enrollments (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        class_id -> Uuid,
        student_id -> Uuid,
        enrolled_on -> Date,
        /// The last day on the roll, inclusive; null or ahead while it runs
        ended_on -> Nullable<Date>,
        status -> ClassEnrollmentStatus,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::ClassDuty;

    /// Who stands in front of a class, dated; assigned reach follows it
    class_staff (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        class_id -> Uuid,
        class_subject_id -> Nullable<Uuid>,
        staff_id -> Uuid,
        duty -> ClassDuty,
        starts_on -> Date,
        /// The last day, inclusive; null while it runs
        ends_on -> Nullable<Date>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
        /// In whose place somebody stands there for these days
        covers_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::ClassSubjectStatus;

    class_subjects (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        class_id -> Uuid,
        subject_id -> Uuid,
        teacher_id -> Nullable<Uuid>,
        status -> ClassSubjectStatus,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::ClassKind;
    use super::sql_types::ClassStatus;

    classes (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        campus_id -> Uuid,
        academic_year_id -> Uuid,
        grade_id -> Nullable<Uuid>,
        homeroom_teacher_id -> Nullable<Uuid>,
        #[max_length = 120]
        name -> Varchar,
        #[max_length = 60]
        section -> Nullable<Varchar>,
        #[max_length = 60]
        room -> Nullable<Varchar>,
        kind -> ClassKind,
        status -> ClassStatus,
        capacity -> Nullable<Int2>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    /// A register that a closure took back, with the submission as it stood
    closure_withdrawals (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        closure_id -> Uuid,
        attendance_session_id -> Uuid,
        submitted_at -> Timestamptz,
        submitted_by_id -> Uuid,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    /// School had to close, at one campus or more, for a whole day or from an hour on
    closures (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        day -> Date,
        /// The hour from which there is no school; null: the whole day
        closes_at -> Nullable<Time>,
        #[max_length = 200]
        reason -> Nullable<Varchar>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    contacts (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        #[max_length = 200]
        full_name -> Varchar,
        #[max_length = 40]
        phone -> Nullable<Varchar>,
        #[max_length = 254]
        email -> Nullable<Varchar>,
        #[max_length = 300]
        address -> Nullable<Varchar>,
        /// BCP 47 tag of the language this person speaks
        #[max_length = 20]
        language -> Nullable<Varchar>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::DisclosureBasis;

    /// A student's complete file as it was given out; the file itself is not kept
    disclosures (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        student_id -> Uuid,
        /// The contact whom it was for; none where it was for somebody else
        contact_id -> Nullable<Uuid>,
        /// Whom it was for, as they were called then
        #[max_length = 200]
        recipient_name -> Varchar,
        ground -> DisclosureBasis,
        #[max_length = 300]
        purpose -> Varchar,
        given_at -> Timestamptz,
        with_changes -> Bool,
        with_looks -> Bool,
        /// Of the file, so that it can be told from another
        #[max_length = 64]
        sha256 -> Varchar,
        /// How many rows were in it
        shown -> Int4,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    email_verification_tokens (id) {
        id -> Uuid,
        user_id -> Uuid,
        /// The address that the link goes to and proves
        #[max_length = 254]
        email -> Varchar,
        /// The address that they had when they asked; worth nothing once they have another
        #[max_length = 254]
        present_canonical -> Varchar,
        /// @secret SHA-256 of the token in the link; none before its mail is written
        token_hash -> Nullable<Bytea>,
        #[max_length = 45]
        request_ip -> Varchar,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
        invalidated_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::ErasureBasis;
    use super::sql_types::ErasureState;
    use super::sql_types::RecordKind;

    /// That a student is to be taken out for good, and the stone that stands where they were
    erasures (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        /// No foreign key: it outlives the student
        student_id -> Uuid,
        ground -> ErasureBasis,
        /// @sensitive In words; taken out with the student
        #[max_length = 300]
        reason -> Nullable<Varchar>,
        asked_by_id -> Uuid,
        asked_at -> Timestamptz,
        state -> ErasureState,
        decided_by_id -> Nullable<Uuid>,
        decided_at -> Nullable<Timestamptz>,
        /// @sensitive
        #[max_length = 300]
        declined_because -> Nullable<Varchar>,
        #[max_length = 500]
        failure -> Nullable<Varchar>,
        carried_out_at -> Nullable<Timestamptz>,
        first_day -> Nullable<Date>,
        last_day -> Nullable<Date>,
        /// How many rows of which table
        removed -> Nullable<Jsonb>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
        /// What is to go; with the particulars goes everything, and the student
        kinds -> Array<Nullable<RecordKind>>,
    }
}

diesel::table! {
    /// What a row of ours is called in the system it came from
    external_ids (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        #[max_length = 120]
        source_system -> Varchar,
        #[max_length = 40]
        kind -> Varchar,
        #[max_length = 255]
        external_id -> Varchar,
        #[max_length = 60]
        entity -> Varchar,
        entity_id -> Uuid,
        /// SHA-256 of the row last imported; equal means nothing to do
        digest -> Bytea,
        /// The values last imported: a field that differs now was edited here
        imported -> Jsonb,
        /// Absent from the last bundle; it revives if it returns
        is_gone -> Bool,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    grades (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        #[max_length = 60]
        name -> Varchar,
        #[max_length = 20]
        code -> Varchar,
        sort_order -> Int4,
        #[max_length = 300]
        description -> Nullable<Varchar>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Relationship;

    guardians (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        student_id -> Uuid,
        contact_id -> Uuid,
        relationship -> Relationship,
        /// In which order to call
        position -> Int2,
        primary_contact -> Bool,
        lives_with -> Bool,
        has_custody -> Bool,
        may_collect -> Bool,
        may_see_records -> Bool,
        receives_mail -> Bool,
        emergency -> Bool,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    headcount_ticks (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        headcount_id -> Uuid,
        student_id -> Uuid,
        /// False: ticked by mistake and taken back
        is_there -> Bool,
        ticked_at -> Timestamptz,
        ticked_by_id -> Uuid,
        version -> Int4,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    /// A moment at which a list is called: at the bus, at the gate
    headcounts (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        roll_call_id -> Uuid,
        #[max_length = 60]
        name -> Varchar,
        begun_at -> Timestamptz,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::ProviderKind;

    identity_providers (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        kind -> ProviderKind,
        #[max_length = 60]
        name -> Varchar,
        /// What OpenID Connect calls so: its address, exactly as its tokens say
        #[max_length = 255]
        issuer -> Varchar,
        #[max_length = 255]
        client_id -> Varchar,
        /// @secret Closed with the server's key
        client_secret -> Bytea,
        /// Domains of the school's own addresses, parted by blanks; none: any address that the provider has verified
        #[max_length = 1000]
        email_domains -> Nullable<Varchar>,
        /// Whether who has no account here gets one, without a role
        creates_accounts -> Bool,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    /// What was uploaded, for as long as it is needed
    import_files (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        import_run_id -> Uuid,
        #[max_length = 255]
        name -> Varchar,
        size -> Int4,
        sha256 -> Bytea,
        /// @sensitive The bytes; taken out once the import needs them no more
        content -> Nullable<Bytea>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    /// What the columns of a plain table were said to be, to be offered again for the same columns
    import_mappings (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        #[max_length = 40]
        kind -> Varchar,
        /// SHA-256 of the columns' names, whatever their order
        header -> Bytea,
        mapping -> Jsonb,
        used_at -> Timestamptz,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    /// A row that was refused, or a field that was kept as edited here, and why
    import_rows (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        import_run_id -> Uuid,
        #[max_length = 255]
        file -> Varchar,
        line -> Int4,
        #[max_length = 120]
        field -> Nullable<Varchar>,
        #[max_length = 500]
        value -> Nullable<Varchar>,
        #[max_length = 500]
        reason -> Varchar,
        is_conflict -> Bool,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
        /// The record here that the row is about, which it goes with; none of a row that was refused
        subject_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::ImportState;

    import_runs (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        #[max_length = 40]
        kind -> Varchar,
        /// The system that the ids come from; unknown until the file was read
        #[max_length = 120]
        source_system -> Nullable<Varchar>,
        #[max_length = 255]
        file_name -> Varchar,
        status -> ImportState,
        started_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
        created -> Int4,
        changed -> Int4,
        ended -> Int4,
        unchanged -> Int4,
        rejected -> Int4,
        conflicts -> Int4,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
        /// The job that works on it or did last
        job_id -> Nullable<Uuid>,
        /// The import whose rejected rows this one brings mended
        mends_id -> Nullable<Uuid>,
        /// Which column of the file is which of ours; none where the format says so
        mapping -> Nullable<Jsonb>,
        /// @sensitive Tallies by table, who would leave, remarks: what the last rehearsal or the application found
        findings -> Nullable<Jsonb>,
        /// Somebody saw that more than a tenth would end, and said to go on
        end_many -> Bool,
        /// Why it came to nothing, in a sentence
        #[max_length = 500]
        failure -> Nullable<Varchar>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::RunStatus;

    /// Work with progress, taken by a worker with for update skip locked
    jobs (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        #[max_length = 40]
        kind -> Varchar,
        payload -> Jsonb,
        status -> RunStatus,
        user_id -> Uuid,
        done -> Int4,
        total -> Nullable<Int4>,
        run_after -> Timestamptz,
        attempts -> Int2,
        #[max_length = 500]
        last_error -> Nullable<Varchar>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
        /// What it is at, for people
        #[max_length = 60]
        stage -> Nullable<Varchar>,
        /// When whoever works on it last said so
        beat_at -> Nullable<Timestamptz>,
        /// Somebody wants it stopped; it looks between its steps
        cancel_asked -> Bool,
    }
}

diesel::table! {
    known_devices (user_id, token_hash) {
        user_id -> Uuid,
        /// @secret SHA-256 of the token in the cookie that stays
        token_hash -> Bytea,
        /// Wrong guesses for this user from this browser; after a few it counts as unknown
        failures -> Int4,
        failed_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        seen_at -> Timestamptz,
    }
}

diesel::table! {
    letter_templates (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        #[max_length = 80]
        name -> Varchar,
        /// BCP 47 tag; of the templates of one name each guardian gets the one in their language
        #[max_length = 20]
        language -> Varchar,
        #[max_length = 150]
        subject -> Varchar,
        /// With placeholders in braces, such as {student}
        body -> Text,
        retired_on -> Nullable<Date>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    /// A letter as it was written, to one guardian about one student
    letters (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        /// The same for letters that were written together; they are printed together
        batch_id -> Uuid,
        student_id -> Uuid,
        contact_id -> Uuid,
        attendance_intervention_id -> Uuid,
        letter_template_id -> Uuid,
        written_on -> Date,
        /// The guardian's name as it was then
        #[max_length = 200]
        addressee -> Varchar,
        #[max_length = 300]
        address -> Nullable<Varchar>,
        #[max_length = 20]
        language -> Varchar,
        #[max_length = 600]
        subject -> Varchar,
        body -> Text,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    organization_visits (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        /// Their name then, since the organization does not see the platform's people
        #[max_length = 201]
        visitor -> Varchar,
        #[max_length = 500]
        reason -> Varchar,
        began_at -> Timestamptz,
        /// When it ends by itself
        until_at -> Timestamptz,
        /// When somebody ended it, or another began
        ended_at -> Nullable<Timestamptz>,
        ended_by_id -> Nullable<Uuid>,
        /// The session that entered: nobody else is inside, and without one nobody
        session_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    organizations (id) {
        id -> Uuid,
        #[max_length = 60]
        slug -> Varchar,
        #[max_length = 200]
        name -> Varchar,
        /// IANA name; a campus may override it
        #[max_length = 60]
        time_zone -> Varchar,
        #[max_length = 20]
        locale -> Varchar,
        #[max_length = 3]
        currency -> Bpchar,
        /// First day of the week: 0 Sunday to 6 Saturday
        week_start -> Int2,
        suspended_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        /// For the platform's own people; at the door nobody is told
        #[max_length = 300]
        suspended_because -> Nullable<Varchar>,
        /// Somebody of the platform; no foreign key, so that users point here and nothing back
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::MailKind;
    use super::sql_types::RunStatus;

    outgoing_mail (id) {
        id -> Uuid,
        /// Whose mail it is; none for the platform's
        organization_id -> Nullable<Uuid>,
        /// Whom it is for; none where somebody asked for an address that nobody has, which is kept so that it takes as long
        user_id -> Nullable<Uuid>,
        kind -> MailKind,
        /// What was asked for; where it is about the address itself it goes there, else to the one that the user has
        #[max_length = 254]
        address -> Varchar,
        #[max_length = 45]
        request_ip -> Varchar,
        status -> RunStatus,
        attempts -> Int2,
        /// Not before; whoever sends it puts this off first, so that nobody else does
        send_after -> Timestamptz,
        #[max_length = 500]
        last_error -> Nullable<Varchar>,
        created_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    password_histories (id) {
        id -> Uuid,
        user_id -> Uuid,
        /// @secret Argon2id, PHC string
        #[max_length = 300]
        password_hash -> Varchar,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::LinkPurpose;

    password_reset_tokens (id) {
        id -> Uuid,
        user_id -> Uuid,
        purpose -> LinkPurpose,
        /// @secret SHA-256 of the token in the link
        token_hash -> Bytea,
        /// The address that it was sent to; worth nothing once the user has another
        #[max_length = 254]
        email_canonical -> Varchar,
        #[max_length = 45]
        request_ip -> Varchar,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
        invalidated_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// Somebody knew the password and has still to show a code; opens nothing
    pending_sign_ins (token_hash) {
        /// @secret SHA-256 of the token in the cookie
        token_hash -> Bytea,
        user_id -> Uuid,
        epoch -> Int4,
        stays -> Bool,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::UserScope;

    /// Written from the catalogue in the program at each migration; nobody edits it
    permissions (name) {
        #[max_length = 80]
        name -> Varchar,
        #[max_length = 60]
        resource -> Varchar,
        #[max_length = 20]
        action -> Varchar,
        #[max_length = 300]
        description -> Varchar,
        /// How far it can reach, narrowest first
        scopes -> Array<Nullable<UserScope>>,
    }
}

diesel::table! {
    planned_absences (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        student_id -> Uuid,
        attendance_code_id -> Uuid,
        starts_on -> Date,
        ends_on -> Date,
        starts_at -> Nullable<Time>,
        ends_at -> Nullable<Time>,
        #[max_length = 200]
        reason -> Varchar,
        #[max_length = 200]
        told_by -> Nullable<Varchar>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
        /// The same for everybody on one list, such as a trip's
        list_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    programs (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        school_district_id -> Nullable<Uuid>,
        #[max_length = 200]
        name -> Varchar,
        /// What forms and files of the district call it
        #[max_length = 20]
        code -> Nullable<Varchar>,
        description -> Nullable<Text>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    /// Stretches of access_events and change_events by id, and what they add up to
    record_seals (organization_id, number) {
        organization_id -> Uuid,
        number -> Int4,
        after_id -> Uuid,
        until_id -> Uuid,
        events -> Int8,
        digest -> Bytea,
        /// SHA-256 of the seal before and of what this one says
        chain -> Bytea,
        /// By which erasure the stretch was lawfully changed since it was sealed first
        erasure_id -> Nullable<Uuid>,
        sealed_at -> Timestamptz,
    }
}

diesel::table! {
    recovery_codes (id) {
        id -> Uuid,
        user_id -> Uuid,
        /// @secret SHA-256 of the user and the code
        code_hash -> Bytea,
        created_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    restrictions (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        student_id -> Uuid,
        contact_id -> Nullable<Uuid>,
        #[max_length = 200]
        person_name -> Nullable<Varchar>,
        bars_contact -> Bool,
        bars_collection -> Bool,
        bars_records -> Bool,
        bars_address -> Bool,
        starts_on -> Date,
        /// The last day, inclusive; null: until lifted
        ends_on -> Nullable<Date>,
        #[max_length = 200]
        court_paper -> Nullable<Varchar>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::RecordKind;

    retention_periods (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        kind -> RecordKind,
        /// Whole years after the last day at the school
        years -> Int2,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::UserScope;

    role_permissions (role_id, permission) {
        role_id -> Uuid,
        #[max_length = 80]
        permission -> Varchar,
        scope -> UserScope,
        organization_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    roles (id) {
        id -> Uuid,
        /// Null: built in, the same for everybody
        organization_id -> Nullable<Uuid>,
        #[max_length = 60]
        name -> Varchar,
        #[max_length = 300]
        description -> Varchar,
        global_access -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        /// Its rows of role_permissions by name, kept by a trigger; nobody edits it
        holdings -> Jsonb,
        updated_by_id -> Nullable<Uuid>,
        /// The same for whom it is bound to campuses, whose ids stand instead of HERE; kept by a trigger
        holdings_at_campuses -> Jsonb,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::RollCallKnown;

    /// A student on a list, and what the day's registers said when it began
    roll_call_entries (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        roll_call_id -> Uuid,
        student_id -> Uuid,
        /// The homeroom that day
        class_id -> Nullable<Uuid>,
        known -> RollCallKnown,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::RollCallKind;

    roll_calls (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        campus_id -> Uuid,
        kind -> RollCallKind,
        #[max_length = 100]
        name -> Varchar,
        day -> Date,
        /// Who has these students with them: sees the whole list and what to mind
        held_by_id -> Nullable<Uuid>,
        closed_at -> Nullable<Timestamptz>,
        closed_by_id -> Nullable<Uuid>,
        /// What was said when it was closed
        #[max_length = 500]
        note -> Nullable<Varchar>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    school_districts (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        #[max_length = 200]
        name -> Varchar,
        #[max_length = 200]
        contact_name -> Nullable<Varchar>,
        #[max_length = 254]
        contact_email -> Nullable<Varchar>,
        #[max_length = 40]
        contact_phone -> Nullable<Varchar>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    school_enrollments (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        student_id -> Uuid,
        campus_id -> Uuid,
        academic_year_id -> Uuid,
        grade_id -> Nullable<Uuid>,
        enters_on -> Date,
        /// The last day, inclusive; null while it runs
        leaves_on -> Nullable<Date>,
        #[max_length = 120]
        entry_reason -> Nullable<Varchar>,
        #[max_length = 120]
        exit_reason -> Nullable<Varchar>,
        /// False: an additional place beside the main one
        is_main -> Bool,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    second_factor_rules (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        role_id -> Uuid,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    second_factors (user_id) {
        user_id -> Uuid,
        /// @secret Closed with the server's key; what the codes are made of
        secret -> Nullable<Bytea>,
        /// The step of time whose code was used last: a code opens once
        last_step -> Nullable<Int8>,
        /// @secret The same, while it is being set up and not yet proved
        next_secret -> Nullable<Bytea>,
        next_asked_at -> Nullable<Timestamptz>,
        /// Wrong codes; only whoever knows the password can make any
        failures -> Int4,
        locked_until -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Uuid,
        /// @secret SHA-256 of the token in the cookie
        token_hash -> Bytea,
        user_id -> Uuid,
        epoch -> Int4,
        #[max_length = 45]
        ip_address -> Varchar,
        #[max_length = 200]
        user_agent -> Varchar,
        created_at -> Timestamptz,
        seen_at -> Timestamptz,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    /// Wrong guesses by network address (IPv6: its /64), and in a few rows those at addresses that nobody has; they decay
    sign_in_failures (address) {
        #[max_length = 45]
        address -> Varchar,
        failures -> Int4,
        failed_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::StaffType;
    use super::sql_types::StaffStatus;

    staff (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        /// Null until there is an account
        user_id -> Nullable<Uuid>,
        campus_id -> Nullable<Uuid>,
        #[max_length = 40]
        employee_number -> Varchar,
        #[max_length = 100]
        first_name -> Varchar,
        #[max_length = 100]
        last_name -> Varchar,
        #[max_length = 254]
        email -> Nullable<Varchar>,
        #[max_length = 40]
        phone -> Nullable<Varchar>,
        #[max_length = 120]
        job_title -> Nullable<Varchar>,
        staff_type -> StaffType,
        status -> StaffStatus,
        hire_date -> Nullable<Date>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::StaffAttendanceStatus;

    staff_attendance_records (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        staff_id -> Uuid,
        campus_id -> Nullable<Uuid>,
        attendance_date -> Date,
        status -> StaffAttendanceStatus,
        #[max_length = 300]
        note -> Nullable<Varchar>,
        /// As it was that day, kept for history
        #[max_length = 200]
        user_name -> Varchar,
        #[max_length = 60]
        user_role -> Nullable<Varchar>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
        /// Said by the person; the office's word takes its place
        by_self -> Bool,
        /// When they signed themselves in
        arrived_at -> Nullable<Time>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Gender;
    use super::sql_types::StudentStatus;

    students (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        #[max_length = 40]
        student_number -> Varchar,
        #[max_length = 100]
        first_name -> Varchar,
        #[max_length = 100]
        middle_name -> Nullable<Varchar>,
        #[max_length = 100]
        last_name -> Varchar,
        /// Called name, in place of the first name
        #[max_length = 100]
        preferred_name -> Nullable<Varchar>,
        /// The same name as written elsewhere: romanized, or in its own script
        #[max_length = 200]
        other_script_name -> Nullable<Varchar>,
        /// BCP 47 tag of the name, so that a browser picks the right glyphs
        #[max_length = 20]
        name_language -> Nullable<Varchar>,
        #[max_length = 100]
        birth_first_name -> Nullable<Varchar>,
        #[max_length = 100]
        birth_last_name -> Nullable<Varchar>,
        gender -> Gender,
        date_of_birth -> Nullable<Date>,
        status -> StudentStatus,
        /// Follows school_enrollments: where the student is enrolled now
        campus_id -> Nullable<Uuid>,
        enrollment_date -> Nullable<Date>,
        #[max_length = 254]
        email -> Nullable<Varchar>,
        #[max_length = 40]
        phone -> Nullable<Varchar>,
        #[max_length = 300]
        address -> Nullable<Varchar>,
        /// What whoever has the child today must know: an allergy, seizures. Not sensitive
        #[max_length = 120]
        alert -> Nullable<Varchar>,
        #[max_length = 60]
        identifier -> Nullable<Varchar>,
        program_year -> Nullable<Int2>,
        expected_grad -> Nullable<Date>,
        next_review_on -> Nullable<Date>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
        program_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    subjects (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        #[max_length = 120]
        name -> Varchar,
        #[max_length = 60]
        code -> Varchar,
        #[max_length = 300]
        description -> Nullable<Varchar>,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::TermKind;

    terms (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        academic_year_id -> Uuid,
        campus_id -> Nullable<Uuid>,
        parent_id -> Nullable<Uuid>,
        #[max_length = 60]
        name -> Varchar,
        kind -> TermKind,
        start_date -> Date,
        end_date -> Date,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::UserScope;

    user_custom_permissions (user_id, permission) {
        user_id -> Uuid,
        #[max_length = 80]
        permission -> Varchar,
        scope -> UserScope,
        campus_ids -> Array<Nullable<Uuid>>,
        organization_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    /// Who somebody is at a provider: by its subject, which outlives a change of address there
    user_identities (organization_id, issuer, subject) {
        organization_id -> Uuid,
        user_id -> Uuid,
        #[max_length = 255]
        issuer -> Varchar,
        #[max_length = 255]
        subject -> Varchar,
        tied_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::UserProgramStatus;

    user_programs (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        program_id -> Uuid,
        is_primary -> Bool,
        status -> UserProgramStatus,
        /// When they last became active in it
        joined_at -> Timestamptz,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::AccessLevel;

    /// A dated, reasoned grant of one student to one user
    user_students (organization_id, id) {
        organization_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        student_id -> Uuid,
        access_level -> AccessLevel,
        is_primary -> Bool,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        #[max_length = 200]
        reason -> Varchar,
        import_hash -> Nullable<Bytea>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        created_by_id -> Nullable<Uuid>,
        updated_by_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    users (id) {
        id -> Uuid,
        organization_id -> Nullable<Uuid>,
        role_id -> Nullable<Uuid>,
        #[max_length = 100]
        first_name -> Varchar,
        #[max_length = 100]
        last_name -> Varchar,
        #[max_length = 40]
        phone_number -> Nullable<Varchar>,
        #[max_length = 254]
        email -> Varchar,
        /// NFKC, lower case: what two spellings of one address share
        #[max_length = 254]
        email_canonical -> Varchar,
        email_verified_at -> Nullable<Timestamptz>,
        disabled_at -> Nullable<Timestamptz>,
        /// By what they last came in: local is a password
        #[max_length = 40]
        provider -> Varchar,
        #[max_length = 20]
        locale -> Nullable<Varchar>,
        /// @secret Argon2id, PHC string
        #[max_length = 300]
        password_hash -> Nullable<Varchar>,
        password_updated_at -> Nullable<Timestamptz>,
        failed_login_attempts -> Int4,
        locked_until -> Nullable<Timestamptz>,
        /// Raised to end every session at once
        epoch -> Int4,
        last_seen_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        /// Where the role holds; empty: as far as the role says
        role_campus_ids -> Array<Nullable<Uuid>>,
        has_password -> Bool,
        updated_by_id -> Nullable<Uuid>,
        /// Since when sign-in asks for a code, too; none: it does not
        second_factor_at -> Nullable<Timestamptz>,
        /// When an account at the organization's provider was tied to this one; none: no such account is
        sign_on_at -> Nullable<Timestamptz>,
        /// Since when its owner has left, by the staff record that it belongs to
        left_at -> Nullable<Timestamptz>,
    }
}

diesel::joinable!(academic_years -> organizations (organization_id));
diesel::joinable!(access_event_subjects -> organizations (organization_id));
diesel::joinable!(access_events -> organizations (organization_id));
diesel::joinable!(attendance_codes -> organizations (organization_id));
diesel::joinable!(attendance_days -> organizations (organization_id));
diesel::joinable!(attendance_interventions -> organizations (organization_id));
diesel::joinable!(attendance_movements -> organizations (organization_id));
diesel::joinable!(attendance_records -> organizations (organization_id));
diesel::joinable!(attendance_sessions -> organizations (organization_id));
diesel::joinable!(attendance_totals -> organizations (organization_id));
diesel::joinable!(auth_refresh_tokens -> organizations (organization_id));
diesel::joinable!(auth_refresh_tokens -> sessions (session_id));
diesel::joinable!(auth_refresh_tokens -> users (user_id));
diesel::joinable!(calendar_days -> organizations (organization_id));
diesel::joinable!(campus_attendance_config -> organizations (organization_id));
diesel::joinable!(campus_attendance_summaries -> organizations (organization_id));
diesel::joinable!(campus_past_hours -> organizations (organization_id));
diesel::joinable!(campuses -> organizations (organization_id));
diesel::joinable!(change_events -> organizations (organization_id));
diesel::joinable!(class_enrollments -> organizations (organization_id));
diesel::joinable!(class_staff -> organizations (organization_id));
diesel::joinable!(class_subjects -> organizations (organization_id));
diesel::joinable!(classes -> organizations (organization_id));
diesel::joinable!(closure_withdrawals -> organizations (organization_id));
diesel::joinable!(closures -> organizations (organization_id));
diesel::joinable!(contacts -> organizations (organization_id));
diesel::joinable!(disclosures -> organizations (organization_id));
diesel::joinable!(email_verification_tokens -> users (user_id));
diesel::joinable!(erasures -> organizations (organization_id));
diesel::joinable!(external_ids -> organizations (organization_id));
diesel::joinable!(grades -> organizations (organization_id));
diesel::joinable!(guardians -> organizations (organization_id));
diesel::joinable!(headcount_ticks -> organizations (organization_id));
diesel::joinable!(headcounts -> organizations (organization_id));
diesel::joinable!(identity_providers -> organizations (organization_id));
diesel::joinable!(import_files -> organizations (organization_id));
diesel::joinable!(import_mappings -> organizations (organization_id));
diesel::joinable!(import_rows -> organizations (organization_id));
diesel::joinable!(import_runs -> organizations (organization_id));
diesel::joinable!(jobs -> organizations (organization_id));
diesel::joinable!(known_devices -> users (user_id));
diesel::joinable!(letter_templates -> organizations (organization_id));
diesel::joinable!(letters -> organizations (organization_id));
diesel::joinable!(organization_visits -> organizations (organization_id));
diesel::joinable!(organization_visits -> sessions (session_id));
diesel::joinable!(outgoing_mail -> organizations (organization_id));
diesel::joinable!(outgoing_mail -> users (user_id));
diesel::joinable!(password_histories -> users (user_id));
diesel::joinable!(password_reset_tokens -> users (user_id));
diesel::joinable!(pending_sign_ins -> users (user_id));
diesel::joinable!(planned_absences -> organizations (organization_id));
diesel::joinable!(programs -> organizations (organization_id));
diesel::joinable!(record_seals -> organizations (organization_id));
diesel::joinable!(recovery_codes -> users (user_id));
diesel::joinable!(restrictions -> organizations (organization_id));
diesel::joinable!(retention_periods -> organizations (organization_id));
diesel::joinable!(role_permissions -> organizations (organization_id));
diesel::joinable!(role_permissions -> permissions (permission));
diesel::joinable!(role_permissions -> roles (role_id));
diesel::joinable!(roles -> organizations (organization_id));
diesel::joinable!(roll_call_entries -> organizations (organization_id));
diesel::joinable!(roll_calls -> organizations (organization_id));
diesel::joinable!(school_districts -> organizations (organization_id));
diesel::joinable!(school_enrollments -> organizations (organization_id));
diesel::joinable!(second_factor_rules -> organizations (organization_id));
diesel::joinable!(second_factors -> users (user_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(staff -> organizations (organization_id));
diesel::joinable!(staff_attendance_records -> organizations (organization_id));
diesel::joinable!(students -> organizations (organization_id));
diesel::joinable!(subjects -> organizations (organization_id));
diesel::joinable!(terms -> organizations (organization_id));
diesel::joinable!(user_custom_permissions -> organizations (organization_id));
diesel::joinable!(user_custom_permissions -> permissions (permission));
diesel::joinable!(user_custom_permissions -> users (user_id));
diesel::joinable!(user_identities -> organizations (organization_id));
diesel::joinable!(user_identities -> users (user_id));
diesel::joinable!(user_programs -> organizations (organization_id));
diesel::joinable!(user_students -> organizations (organization_id));
diesel::joinable!(users -> organizations (organization_id));

diesel::allow_tables_to_appear_in_same_query!(
    academic_years,
    access_event_subjects,
    access_events,
    attendance_codes,
    attendance_days,
    attendance_interventions,
    attendance_movements,
    attendance_records,
    attendance_sessions,
    attendance_totals,
    auth_refresh_tokens,
    calendar_days,
    campus_attendance_config,
    campus_attendance_summaries,
    campus_past_hours,
    campuses,
    change_events,
    class_enrollments,
    class_staff,
    class_subjects,
    classes,
    closure_withdrawals,
    closures,
    contacts,
    disclosures,
    email_verification_tokens,
    erasures,
    external_ids,
    grades,
    guardians,
    headcount_ticks,
    headcounts,
    identity_providers,
    import_files,
    import_mappings,
    import_rows,
    import_runs,
    jobs,
    known_devices,
    letter_templates,
    letters,
    organization_visits,
    organizations,
    outgoing_mail,
    password_histories,
    password_reset_tokens,
    pending_sign_ins,
    permissions,
    planned_absences,
    programs,
    record_seals,
    recovery_codes,
    restrictions,
    retention_periods,
    role_permissions,
    roles,
    roll_call_entries,
    roll_calls,
    school_districts,
    school_enrollments,
    second_factor_rules,
    second_factors,
    sessions,
    sign_in_failures,
    staff,
    staff_attendance_records,
    students,
    subjects,
    terms,
    user_custom_permissions,
    user_identities,
    user_programs,
    user_students,
    users,
);
