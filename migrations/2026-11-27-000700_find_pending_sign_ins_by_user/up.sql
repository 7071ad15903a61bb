-- Sign-ins that are over are forgotten when the same person comes again.
drop index pending_sign_ins_by_age;
create index pending_sign_ins_by_user on pending_sign_ins (user_id, expires_at);
