alter table campuses add column staff_sign_in boolean not null default false;
comment on column campuses.staff_sign_in is 'Members of staff say themselves that they are here';
call keep_history('campuses', 'id');
