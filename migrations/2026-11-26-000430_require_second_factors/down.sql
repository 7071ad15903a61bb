drop table second_factor_rules;
drop function record_change_of_second_factor_rules();
drop function ask_for_second_factor();
drop function must_prove_twice(uuid);
