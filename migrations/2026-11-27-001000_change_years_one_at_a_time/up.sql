-- Whoever changes the school years does so alone in an organization, until the transaction ends: two first years would
-- find no row to wait for.
create function alone_with_years(organization uuid) returns boolean language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('years of ' || organization, 0));
  return true;
end $$;
