drop function tell_of_account(uuid, text, jsonb);
