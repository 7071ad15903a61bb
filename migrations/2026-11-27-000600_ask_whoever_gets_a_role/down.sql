drop trigger prove_twice on users;
drop function ask_whoever_gets_a_role();
