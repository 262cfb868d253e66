-- What people say of the Wi-Fi at a site where no device does. Kept for thirty days.

-- Citizens, counted by the minute: who they are is nowhere here.
CREATE TABLE citizen_report (
  site_id uuid NOT NULL REFERENCES site (id) ON DELETE CASCADE,
  minute timestamptz(3) NOT NULL,
  kind text NOT NULL,
  people integer NOT NULL CHECK (people > 0),
  PRIMARY KEY (site_id, minute, kind)
);
CREATE INDEX citizen_report_minute ON citizen_report (minute);

-- Officers of villages.
CREATE TABLE officer_report (
  -- The telephone names it before it sends, so that what a bad line carries twice is kept once.
  id uuid PRIMARY KEY,
  village_code text NOT NULL,
  -- NULL: of both hotspots.
  site_id uuid REFERENCES site (id) ON DELETE CASCADE,
  account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  kind text NOT NULL,
  -- When it was written, which on a dead line is before it arrived.
  noticed_at timestamptz(3) NOT NULL,
  at timestamptz(3) NOT NULL,
  -- The incident of that moment, whose timeline tells it.
  incident_id uuid REFERENCES incident (id) ON DELETE SET NULL,
  photo_type text,
  photo_width integer CHECK (photo_width > 0),
  photo_height integer CHECK (photo_height > 0),
  photo bytea CHECK (octet_length(photo) BETWEEN 1 AND 1048576),
  CHECK (num_nulls(photo, photo_type, photo_width, photo_height) IN (0, 4))
);
-- Images are compressed already.
ALTER TABLE officer_report ALTER COLUMN photo SET STORAGE EXTERNAL;
CREATE INDEX officer_report_village ON officer_report (village_code, at);
CREATE INDEX officer_report_at ON officer_report (at);
