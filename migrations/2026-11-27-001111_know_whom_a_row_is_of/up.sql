-- A field that was kept as edited here stands beside its import with both values: it goes with the record that it is of.
alter table import_rows add column subject_id uuid;
comment on column import_rows.subject_id is 'The record here that the row is about, which it goes with; none of a row that was refused';
call keep_history('import_rows', 'import_run_id');

-- Whether a text says one of these words: short ones only by themselves or quoted, since any text holds them by chance.
create function says_one_of(said text, words text[]) returns boolean language sql immutable
return exists (select from unnest(words) as word where said = word or strpos(said, '“' || word || '”') > 0
  or octet_length(word) > 4 and strpos(lower(said), lower(word)) > 0);
revoke execute on function says_one_of(text, text[]) from public;
