drop table subjects;
drop table grades;
