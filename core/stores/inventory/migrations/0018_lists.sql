-- A port is found by its whole address only.
CREATE INDEX interface_mac ON interface (mac) WHERE mac IS NOT NULL;

-- A list as somebody wants to find it again: the screen and what stands in its address.
CREATE TABLE saved_view (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  screen text NOT NULL,
  name text NOT NULL,
  search jsonb NOT NULL,
  -- Everybody of this region sees it; NULL = its maker alone, empty = everywhere.
  shared_with text,
  created_at timestamptz(3) NOT NULL,
  UNIQUE (account_id, screen, name)
);
CREATE INDEX saved_view_screen ON saved_view (screen);

-- A change of many devices at once, with what stood before, so that it can be taken back.
CREATE TABLE device_batch (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id),
  at timestamptz(3) NOT NULL,
  -- What its devices have in common.
  region_code text NOT NULL,
  change jsonb NOT NULL,
  -- [{ "id": …, "before": { … } }, …]: only devices that the change touched.
  devices jsonb NOT NULL,
  undone_at timestamptz(3)
);
CREATE INDEX device_batch_at ON device_batch (at);
