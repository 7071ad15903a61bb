drop index users_gone;

-- An enumeration loses words only by being made anew; what was asked for was about a way in all the same.
alter type access_action rename to access_action_before;
create type access_action as enum ('view', 'list', 'search', 'export', 'print', 'denied', 'not_found',
  'sign_in', 'sign_in_refused', 'sign_out', 'credential', 'disclose');
alter table access_events alter column action type access_action
  using (case action::text when 'asked' then 'credential' else action::text end)::access_action;
drop type access_action_before;
