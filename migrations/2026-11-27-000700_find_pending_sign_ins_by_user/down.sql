drop index pending_sign_ins_by_user;
create index pending_sign_ins_by_age on pending_sign_ins (expires_at);
