-- What was said of a region's place in the programme, by whom and when; rows are only added.
CREATE TABLE region_programme_change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  region_code text NOT NULL REFERENCES region (code),
  changed_at timestamptz(3) NOT NULL,
  account_id uuid REFERENCES account (id) ON DELETE SET NULL,
  before text,
  before_note text,
  programme text CHECK (programme IN ('covered', 'not-proposed', 'blocked-by-terrain')),
  note text
);
CREATE INDEX region_programme_change_region ON region_programme_change (region_code, id DESC);
