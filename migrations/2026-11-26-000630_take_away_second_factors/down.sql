drop trigger history on users;
create trigger history after insert or update on users for each row when (current_user = 'belfry_app')
  execute function record_change_of_access('id', 'first_name', 'last_name', 'phone_number', 'email', 'locale', 'role_id',
    'role_campus_ids', 'disabled_at', 'epoch', 'deleted_at');
revoke update (second_factor_at) on users from belfry_app;
drop trigger forget_second_factor on users;
drop function forget_second_factor();
