drop function demand_at_founding(uuid);
