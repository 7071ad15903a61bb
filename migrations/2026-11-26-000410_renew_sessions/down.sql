drop table auth_refresh_tokens;
