-- Probes are an open set: a new one is one file of the collector, and no migration.
ALTER TABLE device DROP CONSTRAINT device_reachability_check;
ALTER TABLE device ADD CONSTRAINT device_reachability_check CHECK (reachability ~ '^[a-z][a-z0-9-]{0,39}$');
ALTER TABLE device ADD COLUMN settings jsonb NOT NULL DEFAULT '{}';

-- What a person would look up about a device, as its probes and listeners found it last.
CREATE TABLE device_finding (
  device_id uuid NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  section text NOT NULL,
  at timestamptz(3) NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (device_id, section)
);
