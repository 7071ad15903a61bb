drop table disclosures;
drop function record_change_of_disclosures();
drop type disclosure_basis;

-- An enumeration loses words only by being made anew; what was given out was taken away as a file all the same.
alter type access_action rename to access_action_before;
create type access_action as enum ('view', 'list', 'search', 'export', 'print', 'denied', 'not_found',
  'sign_in', 'sign_in_refused', 'sign_out', 'credential');
alter table access_events alter column action type access_action
  using (case action::text when 'disclose' then 'export' else action::text end)::access_action;
drop type access_action_before;
