drop table password_histories;
drop table password_reset_tokens;
drop type link_purpose;
