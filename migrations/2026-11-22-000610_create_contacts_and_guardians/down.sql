drop table restrictions;
drop table guardians;
drop table contacts;
drop type relationship;
