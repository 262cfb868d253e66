-- What village officers answered of an incident. Rows are only added: the latest of a question counts.
CREATE TABLE officer_answer (
  id bigserial PRIMARY KEY,
  incident_id uuid NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  village_code text NOT NULL,
  question text NOT NULL,
  answer text NOT NULL,
  at timestamptz(3) NOT NULL
);
CREATE INDEX officer_answer_incident ON officer_answer (incident_id, village_code, question, id);

-- Photographs of an incident, drawn anew and small. They lie in the database, so that every process sees them, one
-- backup holds them and they go with their incident.
CREATE TABLE photo (
  id uuid PRIMARY KEY,
  incident_id uuid NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  -- Of the officer who sent it; NULL where an account did.
  village_code text,
  account_id uuid REFERENCES account (id),
  at timestamptz(3) NOT NULL,
  -- From then on nobody sees it, and the next cleaning removes it.
  expires_at timestamptz(3) NOT NULL,
  content_type text NOT NULL,
  width integer NOT NULL CHECK (width > 0),
  height integer NOT NULL CHECK (height > 0),
  bytes bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 1048576),
  -- A bad line sends the same photograph twice.
  sha256 bytea NOT NULL,
  CHECK (num_nonnulls(village_code, account_id) = 1)
);
-- Images are compressed already.
ALTER TABLE photo ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX photo_once ON photo (incident_id, sha256);
CREATE INDEX photo_expires_at ON photo (expires_at);
