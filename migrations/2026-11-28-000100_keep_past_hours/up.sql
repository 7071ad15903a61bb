-- When the day of a campus began and ended before it was changed: its own row says what holds now. A day goes by the row with
-- the earliest last day that is not before it, and where there is none by the campus.
create table campus_past_hours (
  organization_id uuid not null, id uuid not null, primary key (organization_id, id),
  campus_id uuid not null, last_day date not null, day_starts_at time not null, day_ends_at time not null,
  check (day_starts_at < day_ends_at),
  foreign key (organization_id, campus_id) references campuses (organization_id, id)
);
comment on column campus_past_hours.last_day is 'The last day on which they held';
call make_tenant_table('campus_past_hours', 'campus_id');
create unique index campus_past_hours_day on campus_past_hours (organization_id, campus_id, last_day) where deleted_at is null;

-- When the day of a campus began on a day, where it begins now at an hour.
create function day_begins(organization uuid, campus uuid, on_day date, begins_now time) returns time language sql stable as $$
  select coalesce((select h.day_starts_at from campus_past_hours h
    where h.organization_id = organization and h.campus_id = campus and h.last_day >= on_day and h.deleted_at is null
    order by h.last_day limit 1), begins_now)
$$;
revoke execute on function day_begins(uuid, uuid, date, time) from public;
grant execute on function day_begins(uuid, uuid, date, time) to belfry_app;
