drop table pending_sign_ins;
drop table recovery_codes;
drop table second_factors;
alter table users drop column second_factor_at;
