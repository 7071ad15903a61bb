-- What was completed stays: nobody can tell it from what was given.
select 1;
