drop trigger kinds_stay on erasures;
drop function keep_kinds();
drop function kept_until_of(uuid, uuid, date, record_kind[]);
alter table erasures drop column kinds;
call keep_history('erasures', 'id');
