drop table calendar_days;
drop table terms;
drop table academic_years;
drop table campuses;
drop type calendar_day_kind;
drop type term_kind;
