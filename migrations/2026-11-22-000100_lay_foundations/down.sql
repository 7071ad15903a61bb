drop function is_plain_text(text);
drop function is_plain_line(text);
drop function stamp_update();
drop function uuid_v7();
drop function app_user();
revoke usage on schema public from belfry_app, belfry_lobby;
