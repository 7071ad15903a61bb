-- What every table leans on: ids for rows that triggers write, who is at work, and the stamp of an update.
grant usage on schema public to belfry_app, belfry_lobby;

create function app_user() returns uuid language sql stable parallel safe
return nullif(current_setting('app.user_id', true), '')::uuid;

-- UUIDv7 (RFC 9562): 48 bits of milliseconds, then the version, then chance. Only triggers use it; Rust makes its own.
create function uuid_v7() returns uuid language sql volatile parallel safe
return encode(
  set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid())
      placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
      from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid;

create function stamp_update() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  new.updated_by_id := app_user();
  return new;
end $$;

-- One line of a person's text: composed (NFC), trimmed, nothing a terminal or a spreadsheet would obey.
create function is_plain_line(line text) returns boolean language sql immutable parallel safe
return line is null or (line is nfc normalized and line = btrim(line) and line <> '' and line !~ '[\x01-\x1f\x7f-\x9f]');

-- Several lines: the same, but tab and line feed may stand in it, and at most 8,000 characters.
create function is_plain_text(lines text) returns boolean language sql immutable parallel safe
return lines is null or (lines is nfc normalized and lines <> '' and char_length(lines) <= 8000
  and lines !~ '[\x01-\x08\x0b-\x1f\x7f-\x9f]');
