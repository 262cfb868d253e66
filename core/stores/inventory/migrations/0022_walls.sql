-- Large screens that show a region to whoever stands before them.
CREATE TABLE wall (
  id uuid PRIMARY KEY,
  -- SHA-256 of the token in the wall's address.
  token_hash text NOT NULL UNIQUE,
  name text NOT NULL,
  region_code text NOT NULL,
  scenes jsonb NOT NULL,
  theme text NOT NULL,
  language text NOT NULL,
  variant text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  -- When a screen asked last, to the minute.
  seen_at timestamptz(3)
);
