drop function codes_of(uuid);
