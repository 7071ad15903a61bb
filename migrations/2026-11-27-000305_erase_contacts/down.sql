drop procedure erase_contacts(uuid, uuid[], uuid[], jsonb);
