-- Time that does not count for a thing and for all that stands in it or on it. Rows are never changed: who was wrong
-- revokes, and what was told of a month at any time can be told again.
CREATE TABLE exclusion (
  id uuid PRIMARY KEY,
  scope_kind text NOT NULL CHECK (scope_kind IN ('device', 'site', 'link', 'region')),
  -- A region's code, else an id. No foreign key: the time stays excluded when the thing is gone.
  scope_id text NOT NULL,
  from_at timestamptz(3) NOT NULL,
  to_at timestamptz(3) NOT NULL,
  reason text NOT NULL CHECK (reason IN ('planned', 'force-majeure', 'power', 'other')),
  note text NOT NULL DEFAULT '',
  set_by uuid NOT NULL REFERENCES account (id),
  set_at timestamptz(3) NOT NULL,
  CHECK (to_at > from_at)
);
CREATE INDEX exclusion_from_at ON exclusion (from_at);
CREATE INDEX exclusion_scope ON exclusion (scope_kind, scope_id);

CREATE TABLE exclusion_revocation (
  exclusion_id uuid PRIMARY KEY REFERENCES exclusion (id) ON DELETE CASCADE,
  note text NOT NULL DEFAULT '',
  revoked_by uuid NOT NULL REFERENCES account (id),
  revoked_at timestamptz(3) NOT NULL
);

-- What the contract of a link says of money, from a month on. Terms of one month that were set later take the place of
-- earlier ones.
CREATE TABLE link_terms (
  id bigserial PRIMARY KEY,
  link_id uuid NOT NULL REFERENCES link (id) ON DELETE CASCADE,
  valid_from text NOT NULL CHECK (valid_from ~ '^20\d{2}-(0[1-9]|1[0-2])$'),
  monthly_fee_rupiah bigint NOT NULL CHECK (monthly_fee_rupiah >= 0),
  -- [{ belowPercent, restitutionPercent }, …]
  steps jsonb NOT NULL,
  power_counts boolean NOT NULL,
  set_by uuid NOT NULL REFERENCES account (id),
  set_at timestamptz(3) NOT NULL
);
CREATE INDEX link_terms_link ON link_terms (link_id, valid_from);
CREATE INDEX link_provider ON link (provider);
