-- $4: whether the address is left out.
select null::uuid as about, jsonb_build_array(label, value) as cells
from students s left join campuses c on c.organization_id = s.organization_id and c.id = s.campus_id
  left join programs p on p.organization_id = s.organization_id and p.id = s.program_id,
  lateral (values
    (1, 'Number', s.student_number), (2, 'Given name', s.first_name), (3, 'Middle name', s.middle_name), (4, 'Family name', s.last_name),
    (5, 'Called', s.preferred_name), (6, 'Name in another script', s.other_script_name), (7, 'Language of the name', s.name_language),
    (8, 'Given name at birth', s.birth_first_name), (9, 'Family name at birth', s.birth_last_name), (10, 'Gender', s.gender::text),
    (11, 'Born', s.date_of_birth::text), (12, 'Status', s.status::text), (13, 'Campus', c.name), (14, 'Enrolled', s.enrollment_date::text),
    (15, 'E-mail', s.email), (16, 'Phone', s.phone), (17, 'Address', case when $4 then 'left out: the recipient may not learn it' else s.address end),
    (18, 'Alert', s.alert), (19, 'Identifier', s.identifier), (20, 'Program', p.name), (21, 'Year of the programme', s.program_year::text),
    (22, 'Expected to leave', s.expected_grad::text), (23, 'Next review', s.next_review_on::text)) as one (place, label, value)
where s.organization_id = $1 and s.id = $2 and value is not null
order by place
