-- Whether the register of a change had been submitted before, in another transaction. Of before transactions were kept:
-- whatever a second does not hold was another.
exists (
  select from change_events earlier
  where earlier.organization_id = change_events.organization_id and earlier.subject_id = change_events.subject_id
    and earlier.entity = 'attendance_sessions' and earlier.id < change_events.id
    and jsonb_path_exists(earlier.changes, '$[*].submitted_at')
    and coalesce(earlier.transaction_id <> change_events.transaction_id, earlier.at + interval '1 second' < change_events.at))
