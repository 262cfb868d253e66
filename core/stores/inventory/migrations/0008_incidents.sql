-- Outages with one cause, and what people do about it.
CREATE TABLE incident (
  id uuid PRIMARY KEY,
  -- For people to name it by.
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  -- Of its first outage; the end of its last one.
  started_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  opened_at timestamptz(3) NOT NULL,
  closed_at timestamptz(3),
  root_kind text NOT NULL CHECK (root_kind IN ('device', 'segment', 'place')),
  -- No foreign key: the incident outlives the device.
  root_device_id uuid NOT NULL,
  -- What of it is all its places have in common; empty where they lie in several provinces.
  region_code text NOT NULL,
  -- What the evidence says.
  cause text NOT NULL DEFAULT 'unknown',
  confidence double precision NOT NULL DEFAULT 0 CHECK (confidence BETWEEN 0 AND 1),
  evidence jsonb NOT NULL DEFAULT '[]',
  judged_at timestamptz(3),
  -- What a person says, who knows better. The guess stays beside it.
  corrected_cause text,
  is_flapping boolean NOT NULL DEFAULT false,
  acknowledged_at timestamptz(3),
  acknowledged_by uuid REFERENCES account (id),
  assigned_to uuid REFERENCES account (id),
  resolved_at timestamptz(3),
  resolved_by uuid REFERENCES account (id),
  -- The incident that took all of its outages over.
  merged_into uuid REFERENCES incident (id),
  CHECK (ended_at >= started_at),
  CHECK (closed_at IS NULL OR ended_at IS NOT NULL)
);
CREATE INDEX incident_open ON incident (started_at) WHERE closed_at IS NULL AND merged_into IS NULL;
CREATE INDEX incident_started_at ON incident (started_at);
CREATE INDEX incident_root ON incident (root_device_id, started_at);

-- An outage belongs to one incident. A pin is a person's: the correlation leaves the outage where it is.
CREATE TABLE incident_outage (
  outage_id uuid PRIMARY KEY REFERENCES outage (id) ON DELETE CASCADE,
  incident_id uuid NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  is_pinned boolean NOT NULL DEFAULT false
);
CREATE INDEX incident_outage_incident ON incident_outage (incident_id);
-- Never written: the table above takes its place.
ALTER TABLE outage DROP COLUMN incident_id;

-- Devices that an incident took down or cut off. Rows are only added while it lasts.
CREATE TABLE incident_effect (
  incident_id uuid NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  device_id uuid NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  PRIMARY KEY (incident_id, device_id)
);
CREATE INDEX incident_effect_device ON incident_effect (device_id);

-- The timeline: by whom, what, when.
CREATE TABLE incident_event (
  id bigserial PRIMARY KEY,
  incident_id uuid NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  at timestamptz(3) NOT NULL,
  kind text NOT NULL,
  -- NULL: Simpul itself.
  account_id uuid REFERENCES account (id),
  data jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX incident_event_incident ON incident_event (incident_id, id);

CREATE FUNCTION incident_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the timeline of an incident is only added to';
END $$;
CREATE TRIGGER incident_event_stays BEFORE UPDATE ON incident_event
  FOR EACH ROW EXECUTE FUNCTION incident_event_stays();

-- Work that was announced, or told of afterwards.
CREATE TABLE maintenance_window (
  id uuid PRIMARY KEY,
  title text NOT NULL,
  note text NOT NULL DEFAULT '',
  -- Of the first time.
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  -- RRULE of RFC 5545; NULL = once. Days are those of the region's zone.
  recurrence text,
  -- When the last time ends; NULL where it has no end. For finding windows by their time.
  last_ends_at timestamptz(3),
  region_code text NOT NULL,
  device_ids uuid[] NOT NULL DEFAULT '{}',
  site_ids uuid[] NOT NULL DEFAULT '{}',
  region_codes text[] NOT NULL DEFAULT '{}',
  created_by uuid REFERENCES account (id),
  created_at timestamptz(3) NOT NULL,
  cancelled_by uuid REFERENCES account (id),
  cancelled_at timestamptz(3),
  CHECK (ends_at > starts_at),
  CHECK (cardinality(device_ids) + cardinality(site_ids) + cardinality(region_codes) > 0)
);
CREATE INDEX maintenance_window_starts_at ON maintenance_window (starts_at);
