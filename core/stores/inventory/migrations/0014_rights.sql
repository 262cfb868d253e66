-- Two roles more: one that only reads, and an agency's, which holds for the agency's site and for nothing else.
ALTER TABLE account DROP CONSTRAINT account_role_check;
ALTER TABLE account ADD CONSTRAINT account_role_check
  CHECK (role IN ('admin', 'engineer', 'officer', 'planner', 'viewer', 'agency'));
ALTER TABLE account ADD COLUMN agency_site_id uuid REFERENCES site (id);
ALTER TABLE account ADD CONSTRAINT account_of_agency CHECK ((role = 'agency') = (agency_site_id IS NOT NULL));
CREATE INDEX account_agency_site_id_idx ON account (agency_site_id) WHERE agency_site_id IS NOT NULL;

-- Where an agency stands is its site's affair: whoever holds for that region looks after its account.
CREATE FUNCTION account_follows_site() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE account SET region_code = NEW.region_code WHERE agency_site_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER account_follows_site AFTER UPDATE OF region_code ON site
  FOR EACH ROW WHEN (OLD.region_code IS DISTINCT FROM NEW.region_code) EXECUTE FUNCTION account_follows_site();
