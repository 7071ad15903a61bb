drop table campus_attendance_config;
drop table attendance_codes;
drop type attendance_basis;
drop type code_place;
drop type code_excuse;
drop type code_timing;
drop type code_presence;
