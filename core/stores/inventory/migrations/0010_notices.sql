-- Escalation waits until then: somebody at the place is at it.
ALTER TABLE incident ADD COLUMN held_until timestamptz(3);
CREATE INDEX incident_merged_into ON incident (merged_into) WHERE merged_into IS NOT NULL;

-- Somebody who is told: a person with an account, or just a name.
CREATE TABLE recipient (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  account_id uuid UNIQUE REFERENCES account (id) ON DELETE SET NULL,
  role text NOT NULL CHECK (role IN ('engineer', 'officer', 'manager', 'provider')),
  -- What happens in it concerns them; empty = everywhere.
  region_code text NOT NULL,
  site_id uuid REFERENCES site (id) ON DELETE SET NULL,
  language text NOT NULL CHECK (language IN ('id', 'en')),
  -- { from, to, except, exceptDuty } in minutes since midnight; NULL = as the policy says.
  quiet_hours jsonb,
  enabled boolean NOT NULL DEFAULT true
);
CREATE INDEX recipient_role ON recipient (role, region_code);

CREATE TABLE recipient_address (
  recipient_id uuid NOT NULL REFERENCES recipient (id) ON DELETE CASCADE,
  channel_id uuid NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
  address text NOT NULL,
  PRIMARY KEY (recipient_id, channel_id)
);
CREATE INDEX recipient_address_channel ON recipient_address (channel_id);

CREATE TABLE duty_shift (
  id uuid PRIMARY KEY,
  -- Order of setting up.
  seq bigint GENERATED ALWAYS AS IDENTITY,
  region_code text NOT NULL,
  role text NOT NULL CHECK (role IN ('engineer', 'officer', 'manager', 'provider')),
  recipient_id uuid NOT NULL REFERENCES recipient (id) ON DELETE CASCADE,
  -- { kind: weekly, days, from, to } in the time of the region's zone, or { kind: once, from, to } in UTC ms.
  times jsonb NOT NULL
);

CREATE TABLE duty_substitution (
  id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  absent_id uuid NOT NULL REFERENCES recipient (id) ON DELETE CASCADE,
  -- NULL: nobody does the shifts.
  substitute_id uuid REFERENCES recipient (id) ON DELETE CASCADE,
  from_at timestamptz(3) NOT NULL,
  to_at timestamptz(3) NOT NULL,
  CHECK (to_at > from_at),
  CHECK (substitute_id <> absent_id)
);

-- Who is told of what and when, one a region; empty = where no other holds.
CREATE TABLE notice_policy (
  id uuid PRIMARY KEY,
  region_code text NOT NULL UNIQUE,
  enabled boolean NOT NULL,
  steps jsonb NOT NULL,
  quiet_hours jsonb,
  -- Steps that were due before are not made up for.
  changed_at timestamptz(3) NOT NULL
);

-- Incidents that people are told of. A row begins in the transaction that opens the incident, and nobody is told of
-- incidents without one.
CREATE TABLE notice_course (
  incident_id uuid PRIMARY KEY REFERENCES incident (id) ON DELETE CASCADE,
  began_at timestamptz(3) NOT NULL,
  -- Nothing more comes of it: it recovered, or another incident took it over.
  over_at timestamptz(3)
);
CREATE INDEX notice_course_open ON notice_course (began_at) WHERE over_at IS NULL;

-- Steps that were taken. Whoever writes the row takes the step.
CREATE TABLE notice_step (
  incident_id uuid NOT NULL REFERENCES notice_course (incident_id) ON DELETE CASCADE,
  -- No foreign key: a step that was taken stays taken when the policy is gone.
  policy_id uuid NOT NULL,
  step integer NOT NULL CHECK (step >= 0),
  round integer NOT NULL CHECK (round >= 0),
  taken_at timestamptz(3) NOT NULL,
  PRIMARY KEY (incident_id, policy_id, step, round)
);

-- What each was told, or is to be told when the quiet hours are over. The id is that of the message in the outbox.
CREATE TABLE notice (
  id uuid PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  incident_id uuid NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('opened', 'escalated', 'recovered')),
  -- -1 for a recovery, which is no step of a policy.
  step integer NOT NULL,
  round integer NOT NULL,
  recipient_id uuid NOT NULL,
  channel_id uuid NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
  -- As they were then: both outlive the recipient.
  recipient_name text NOT NULL,
  address text NOT NULL,
  language text NOT NULL,
  is_officer boolean NOT NULL,
  village_code text,
  until_acknowledged boolean NOT NULL,
  decided_at timestamptz(3) NOT NULL,
  held_until timestamptz(3),
  -- Severities that the quiet hours let through.
  held_except text[] NOT NULL DEFAULT '{}',
  -- In the outbox since; at most one of the two.
  written_at timestamptz(3),
  dropped_at timestamptz(3),
  CHECK (written_at IS NULL OR dropped_at IS NULL),
  CHECK (written_at IS NOT NULL OR held_until IS NOT NULL),
  UNIQUE (incident_id, kind, step, round, recipient_id, channel_id)
);
CREATE INDEX notice_held ON notice (incident_id) WHERE written_at IS NULL AND dropped_at IS NULL;
