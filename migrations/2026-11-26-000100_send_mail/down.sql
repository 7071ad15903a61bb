drop table outgoing_mail;
drop type mail_kind;
