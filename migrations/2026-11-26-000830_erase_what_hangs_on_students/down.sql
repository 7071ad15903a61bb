drop procedure erase_values(uuid, uuid[]), erase_family(uuid, uuid, uuid[], text[], uuid[], jsonb);
