CREATE TABLE region (
  code text PRIMARY KEY CHECK (code ~ '^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$'),
  level text NOT NULL CHECK (level IN ('province', 'regency', 'district', 'village')),
  parent_code text REFERENCES region (code),
  name text NOT NULL,
  lat double precision,
  lng double precision,
  point_kind text CHECK (point_kind IN ('c', 'i', 'd')),
  area_km2 double precision,
  population integer,
  desa_count integer,
  kelurahan_count integer,
  programme text CHECK (programme IN ('covered', 'not-proposed', 'blocked-by-terrain')),
  programme_note text,
  edition text NOT NULL,
  retired_at timestamptz(3),
  CHECK (parent_code IS NULL OR code LIKE parent_code || '.%')
);
CREATE INDEX region_parent_code ON region (parent_code);
CREATE INDEX region_level ON region (level);
-- Prefix searches (`code LIKE '16.03.%'`) must use an index whatever the collation of the database.
CREATE INDEX region_code_prefix ON region (code text_pattern_ops);

CREATE TABLE region_shape (
  code text PRIMARY KEY REFERENCES region (code) ON DELETE CASCADE,
  geometry jsonb NOT NULL
);

CREATE TABLE region_edition (
  edition text PRIMARY KEY,
  imported_at timestamptz(3) NOT NULL,
  provinces integer NOT NULL,
  regencies integer NOT NULL,
  districts integer NOT NULL,
  villages integer NOT NULL,
  shapes integer NOT NULL,
  retired integer NOT NULL
);

CREATE TABLE site (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('village-office', 'village-public', 'shelter', 'agency', 'data-centre', 'pop')),
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'planned', 'retired')),
  region_code text NOT NULL REFERENCES region (code),
  lat double precision,
  lng double precision,
  address text,
  contact text,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX site_region_code ON site (region_code text_pattern_ops);

CREATE TABLE credential (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  kind text NOT NULL,
  sealed bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE device (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  kind text NOT NULL,
  site_id uuid NOT NULL REFERENCES site (id),
  host text NOT NULL,
  mac text,
  vendor text,
  model text,
  os text,
  version text,
  serial text,
  profile text,
  identified_at timestamptz(3),
  enabled boolean NOT NULL DEFAULT true,
  reachability text NOT NULL DEFAULT 'icmp' CHECK (reachability IN ('icmp', 'tcp', 'snmp')),
  tcp_port integer CHECK (tcp_port BETWEEN 1 AND 65535),
  snmp_port integer NOT NULL DEFAULT 161 CHECK (snmp_port BETWEEN 1 AND 65535),
  credential_id uuid REFERENCES credential (id),
  reach_interval_s double precision CHECK (reach_interval_s > 0),
  poll_interval_s double precision CHECK (poll_interval_s > 0),
  timeout_ms integer CHECK (timeout_ms > 0),
  retries integer CHECK (retries >= 0),
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX device_site_id ON device (site_id);
CREATE INDEX device_host ON device (host);

CREATE TABLE dependency (
  child_id uuid NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  parent_id uuid NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  PRIMARY KEY (child_id, parent_id),
  CHECK (child_id <> parent_id)
);
CREATE INDEX dependency_parent_id ON dependency (parent_id);

CREATE TABLE interface (
  device_id uuid NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  index integer NOT NULL,
  name text NOT NULL,
  alias text NOT NULL DEFAULT '',
  type text NOT NULL DEFAULT '',
  mac text,
  mtu integer,
  speed_bps bigint,
  admin_status text,
  oper_status text,
  seen_at timestamptz(3) NOT NULL,
  PRIMARY KEY (device_id, index)
);

CREATE TABLE link (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  medium text NOT NULL CHECK (medium IN ('fibre', 'radio', 'vsat', 'lte', 'copper')),
  from_site_id uuid NOT NULL REFERENCES site (id),
  to_site_id uuid REFERENCES site (id),
  device_id uuid REFERENCES device (id) ON DELETE SET NULL,
  if_index integer,
  provider text,
  contract_mbps double precision CHECK (contract_mbps > 0),
  sla_percent double precision CHECK (sla_percent BETWEEN 0 AND 100),
  contract_from date,
  contract_to date,
  CHECK (contract_to >= contract_from)
);
CREATE INDEX link_from_site_id ON link (from_site_id);
CREATE INDEX link_to_site_id ON link (to_site_id);

CREATE TABLE device_status (
  device_id uuid PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
  state text NOT NULL CHECK (state IN ('up', 'degraded', 'down', 'unknown')),
  since timestamptz(3) NOT NULL,
  reason text,
  last_seen_at timestamptz(3),
  memory jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
CREATE INDEX device_status_state ON device_status (state);

CREATE TABLE state_change (
  id bigserial PRIMARY KEY,
  device_id uuid NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  at timestamptz(3) NOT NULL,
  state text NOT NULL CHECK (state IN ('up', 'degraded', 'down', 'unknown')),
  previous text NOT NULL CHECK (previous IN ('up', 'degraded', 'down', 'unknown')),
  reason text
);
CREATE INDEX state_change_device_at ON state_change (device_id, at);
CREATE INDEX state_change_at ON state_change (at);

CREATE TABLE outage (
  id uuid PRIMARY KEY,
  device_id uuid NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  started_at timestamptz(3) NOT NULL,
  detected_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  reason text,
  incident_id uuid,
  CHECK (ended_at >= started_at)
);
CREATE INDEX outage_device_started_at ON outage (device_id, started_at);
CREATE INDEX outage_started_at ON outage (started_at);
-- However often the process is killed: one device has at most one open outage, and never two of the same start.
CREATE UNIQUE INDEX outage_one_open ON outage (device_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX outage_one_start ON outage (device_id, started_at);

CREATE TABLE collector_heartbeat (
  collector text PRIMARY KEY,
  started_at timestamptz(3) NOT NULL,
  beat_at timestamptz(3) NOT NULL
);

CREATE TABLE account (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  display_name text NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'engineer', 'officer', 'planner')),
  region_code text NOT NULL DEFAULT '',
  password_hash text NOT NULL,
  disabled_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE account_session (
  token_hash text PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL,
  last_seen_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX account_session_account_id ON account_session (account_id);

CREATE TABLE setting (
  key text PRIMARY KEY,
  value jsonb NOT NULL
);
