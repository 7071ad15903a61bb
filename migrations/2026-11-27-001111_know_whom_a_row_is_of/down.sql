drop function says_one_of(text, text[]);
alter table import_rows drop column subject_id;
call keep_history('import_rows', 'import_run_id');
