drop table roll_call_entries, roll_calls;
drop type roll_call_known;
drop type roll_call_kind;
