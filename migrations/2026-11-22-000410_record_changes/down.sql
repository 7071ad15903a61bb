drop function record_change();
drop function changed_columns(jsonb, jsonb, text[]);
drop function mask_columns(jsonb, text[]);
