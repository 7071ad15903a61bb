drop function bring_marks(uuid, jsonb);
