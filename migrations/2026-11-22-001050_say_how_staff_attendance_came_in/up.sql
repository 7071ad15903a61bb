alter table staff_attendance_records
  add column by_self boolean not null default false,
  add column arrived_at time;
comment on column staff_attendance_records.by_self is 'Said by the person; the office''s word takes its place';
comment on column staff_attendance_records.arrived_at is 'When they signed themselves in';
call keep_history('staff_attendance_records', 'staff_id');
