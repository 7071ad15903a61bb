alter table class_staff add column covers_id uuid,
  add foreign key (organization_id, covers_id) references staff (organization_id, id);
comment on column class_staff.covers_id is 'In whose place somebody stands there for these days';
call keep_history('class_staff', 'class_id');
create index class_staff_covers on class_staff (organization_id, starts_on) where duty = 'substitute' or covers_id is not null;

-- Who covers which class on a day, and who stood in front for whom where a register is in, for a day's list of registers:
-- asked once beside it. In plpgsql so that its plans are kept.
create function stand_ins(organization uuid, day date) returns jsonb
language plpgsql stable set search_path = public, pg_temp as $$
begin
  return jsonb_build_object(
    'covers', coalesce((select jsonb_agg(jsonb_build_object('class', c.class_id, 'duty', c.id, 'staff', s.id,
          'name', s.first_name || ' ' || s.last_name, 'has_account', s.user_id is not null,
          'is_absent', coalesce(r.status = 'absent', false)) order by c.starts_on, c.id)
      from class_staff c
      join staff s on s.organization_id = c.organization_id and s.id = c.staff_id
      left join staff_attendance_records r on r.organization_id = c.organization_id and r.staff_id = c.staff_id
        and r.attendance_date = stand_ins.day and r.deleted_at is null
      where c.organization_id = stand_ins.organization and (c.duty = 'substitute' or c.covers_id is not null)
        and c.deleted_at is null and c.starts_on <= stand_ins.day and (c.ends_on is null or c.ends_on >= stand_ins.day)), '[]'),
    'takings', coalesce((select jsonb_agg(jsonb_build_object('session', t.id,
          'taken_by', case when w.user_id is distinct from t.submitted_by_id then w.first_name || ' ' || w.last_name end,
          'on_behalf', b.first_name || ' ' || b.last_name))
      from attendance_sessions t
      left join staff w on w.organization_id = t.organization_id and w.id = t.taken_by_id
      left join staff b on b.organization_id = t.organization_id and b.id = t.on_behalf_of_id
      where t.organization_id = stand_ins.organization and t.session_date = stand_ins.day and t.deleted_at is null
        and t.submitted_at is not null and (b.id is not null or w.user_id is distinct from t.submitted_by_id)), '[]'));
end $$;
revoke execute on function stand_ins(uuid, date) from public;
grant execute on function stand_ins(uuid, date) to belfry_app;
