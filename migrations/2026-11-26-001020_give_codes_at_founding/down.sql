drop trigger codes on organizations;
drop function give_codes();
