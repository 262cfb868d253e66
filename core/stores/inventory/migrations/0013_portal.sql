-- The citizens' way in. No telephone number and no MAC address lies here in clear: *_hash columns are keyed hashes
-- (core/services/portal/portal-keys.ts), and what is needed in clear while a session lives is emptied when it ends.

CREATE TABLE portal_plans (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  -- Limits; null = none. Seconds, octets (both directions together), kbit/s.
  session_seconds integer CHECK (session_seconds > 0),
  idle_seconds integer CHECK (idle_seconds > 0),
  day_seconds integer CHECK (day_seconds > 0),
  month_seconds integer CHECK (month_seconds > 0),
  day_octets bigint CHECK (day_octets > 0),
  month_octets bigint CHECK (month_octets > 0),
  down_kbit integer CHECK (down_kbit > 0),
  up_kbit integer CHECK (up_kbit > 0),
  -- Devices of one voucher, number or account at the same time.
  devices integer CHECK (devices > 0),
  -- Minutes since midnight in the province's zone; over midnight where closes <= opens; both null = always open.
  opens_at smallint CHECK (opens_at BETWEEN 0 AND 1439),
  closes_at smallint CHECK (closes_at BETWEEN 0 AND 1439),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CHECK ((opens_at IS NULL) = (closes_at IS NULL))
);

-- A text that citizens agree to. A version is never changed: a new text is a new version.
CREATE TABLE portal_terms (
  version integer PRIMARY KEY,
  text_id text NOT NULL,
  text_en text NOT NULL,
  sha256_id text NOT NULL,
  sha256_en text NOT NULL,
  valid_from timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  created_by uuid REFERENCES account(id) ON DELETE SET NULL
);

-- What the portal shows and allows at a site.
CREATE TABLE portal_sites (
  site_id uuid PRIMARY KEY REFERENCES site(id) ON DELETE CASCADE,
  plan_id uuid REFERENCES portal_plans(id) ON DELETE SET NULL,
  -- [{"kind": "terms", "planId": null, "settings": {}}, ...] in the order in which they are shown.
  methods jsonb NOT NULL DEFAULT '[{"kind": "terms", "planId": null, "settings": {}}]',
  announcement text NOT NULL DEFAULT '',
  survey_question text NOT NULL DEFAULT '',
  -- Inline SVG of at most 2 KB, checked when it was stored; empty = none.
  logo_svg text NOT NULL DEFAULT '',
  -- What the line offers, as a fact that is shown: '' or the name of the family-safe DNS.
  family_dns text NOT NULL DEFAULT '',
  -- What the gateway does while Simpul cannot be reached: 'closed' or 'trial'.
  fallback text NOT NULL DEFAULT 'trial' CHECK (fallback IN ('closed', 'trial')),
  news boolean NOT NULL DEFAULT false,
  enabled boolean NOT NULL DEFAULT true,
  updated_at timestamptz NOT NULL
);

-- A gateway of a site: what citizens arrive at, and a NAS where it speaks RADIUS.
CREATE TABLE portal_gateways (
  id uuid PRIMARY KEY,
  -- In the address of its login page; lower case letters and digits.
  ref text NOT NULL UNIQUE CHECK (ref ~ '^[a-z0-9]{6,16}$'),
  site_id uuid NOT NULL REFERENCES site(id) ON DELETE CASCADE,
  device_id uuid REFERENCES device(id) ON DELETE SET NULL,
  name text NOT NULL,
  -- A file of captive-portal/gateways.
  family text NOT NULL,
  -- Settings of the family, sealed as a whole with the id as context; null while there are none.
  settings bytea,
  -- RADIUS: source address (or CIDR block) of its packets, or the name in its RadSec certificate; the secret, sealed.
  radius_address text,
  radsec_name text,
  radius_secret bytea,
  nas_identifier text,
  message_authenticator text NOT NULL DEFAULT 'auto' CHECK (message_authenticator IN ('auto', 'required', 'no')),
  -- With 'auto': since it was seen it is always required.
  authenticator_seen_at timestamptz,
  swap_octets boolean NOT NULL DEFAULT false,
  coa_port integer CHECK (coa_port BETWEEN 1 AND 65535),
  -- Address that citizens' browsers reach it at, as the family needs it; never taken from a query.
  lan_address text,
  -- Seconds after which a session without news counts as ended; null = three times the interim interval.
  stale_seconds integer CHECK (stale_seconds > 0),
  enabled boolean NOT NULL DEFAULT true,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  seen_at timestamptz
);
CREATE INDEX portal_gateways_site ON portal_gateways (site_id);
CREATE UNIQUE INDEX portal_gateways_address ON portal_gateways (radius_address) WHERE radius_address IS NOT NULL;
CREATE UNIQUE INDEX portal_gateways_radsec ON portal_gateways (radsec_name) WHERE radsec_name IS NOT NULL;

-- A one-time way in that a person earned. Its password is not stored: it is derived from the id.
CREATE TABLE portal_logins (
  -- The RADIUS user name: 26 characters of base32, 128 random bits.
  id text PRIMARY KEY,
  gateway_id uuid NOT NULL REFERENCES portal_gateways(id) ON DELETE CASCADE,
  site_id uuid NOT NULL REFERENCES site(id) ON DELETE CASCADE,
  mac_hash text NOT NULL,
  method text NOT NULL,
  -- Whom quotas count against.
  subject_hash text NOT NULL,
  plan_id uuid REFERENCES portal_plans(id) ON DELETE SET NULL,
  consent_id uuid,
  grant_given jsonb NOT NULL,
  -- The page was first opened, for the time to online.
  arrived_at timestamptz NOT NULL,
  issued_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  -- Acct-Session-Id of the request that used it: the same request asked again is answered the same.
  used_session text,
  -- Until when the same device enters again without a page (MAC re-entry); null = never.
  reentry_until timestamptz
) WITH (fillfactor = 85);
CREATE INDEX portal_logins_reentry ON portal_logins (mac_hash, site_id, reentry_until);
CREATE INDEX portal_logins_gateway ON portal_logins (gateway_id, issued_at);
CREATE INDEX portal_logins_site ON portal_logins (site_id, issued_at);
CREATE INDEX portal_logins_issued ON portal_logins (issued_at);
CREATE INDEX portal_logins_subject ON portal_logins (subject_hash, issued_at);

-- Grants that wait until their gateway comes for them (openNDS level 3).
CREATE TABLE portal_awaited (
  gateway_id uuid NOT NULL REFERENCES portal_gateways(id) ON DELETE CASCADE,
  key text NOT NULL,
  login_id text NOT NULL,
  grant_given jsonb NOT NULL,
  put_at timestamptz NOT NULL,
  PRIMARY KEY (gateway_id, key)
);

CREATE TABLE portal_sessions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  gateway_id uuid NOT NULL REFERENCES portal_gateways(id) ON DELETE CASCADE,
  site_id uuid NOT NULL,
  acct_session_id text NOT NULL,
  -- RADIUS User-Name where it is no MAC; of a MAC re-entry the id of the login that it goes back to.
  user_name text NOT NULL,
  login_id text,
  method text NOT NULL,
  mac_hash text NOT NULL,
  subject_hash text NOT NULL,
  plan_id uuid,
  -- In clear only while it lives, for Disconnect: {"userName", "framedIp", "callingStationId"}; null once it ended.
  contact jsonb,
  started_at timestamptz NOT NULL,
  -- The newest news of it, by the gateway's own count of time.
  updated_at timestamptz NOT NULL,
  ended_at timestamptz,
  seconds bigint NOT NULL DEFAULT 0,
  -- From the citizen (upload) and to the citizen (download), whatever the gateway calls them.
  up_octets bigint NOT NULL DEFAULT 0,
  down_octets bigint NOT NULL DEFAULT 0,
  -- The same as they were before the newest news, so that one statement both writes news and knows what they add.
  before_updated_at timestamptz,
  before_seconds bigint NOT NULL DEFAULT 0,
  before_up_octets bigint NOT NULL DEFAULT 0,
  before_down_octets bigint NOT NULL DEFAULT 0,
  -- RADIUS Acct-Terminate-Cause, or 'lost', 'replaced', 'restart', 'stale'.
  end_cause text,
  -- Somebody asked for its end, and what came of it.
  end_asked_at timestamptz,
  end_answer text,
  UNIQUE (gateway_id, acct_session_id, user_name)
) WITH (fillfactor = 80);
CREATE INDEX portal_sessions_live ON portal_sessions (site_id, started_at DESC, id DESC) WHERE ended_at IS NULL;
CREATE INDEX portal_sessions_live_subject ON portal_sessions (subject_hash) WHERE ended_at IS NULL;
CREATE INDEX portal_sessions_live_gateway ON portal_sessions (gateway_id, mac_hash) WHERE ended_at IS NULL;
CREATE INDEX portal_sessions_end_asked ON portal_sessions (end_asked_at)
  WHERE ended_at IS NULL AND end_asked_at IS NOT NULL AND end_answer IS NULL;
-- Lists of what lives or ended are read from these alone: an end writes new entries to them in any case.
CREATE INDEX portal_sessions_site ON portal_sessions (site_id, started_at DESC, id DESC) INCLUDE (ended_at);
CREATE INDEX portal_sessions_started ON portal_sessions (started_at DESC, id DESC) INCLUDE (ended_at);
CREATE INDEX portal_sessions_login ON portal_sessions (login_id);

-- What quotas are counted by, per person and day of the province's zone.
CREATE TABLE portal_usage (
  subject_hash text NOT NULL,
  day date NOT NULL,
  seconds bigint NOT NULL DEFAULT 0,
  octets bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (subject_hash, day)
) WITH (fillfactor = 80);
CREATE INDEX portal_usage_day ON portal_usage (day);

-- Counts without people, for good; the screens' figures come from here.
CREATE TABLE portal_days (
  day date NOT NULL,
  site_id uuid NOT NULL,
  method text NOT NULL,
  arrivals integer NOT NULL DEFAULT 0,
  logins integer NOT NULL DEFAULT 0,
  refusals integer NOT NULL DEFAULT 0,
  sessions integer NOT NULL DEFAULT 0,
  -- Different devices of that day.
  devices integer NOT NULL DEFAULT 0,
  seconds bigint NOT NULL DEFAULT 0,
  up_octets bigint NOT NULL DEFAULT 0,
  down_octets bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (day, site_id, method)
);
CREATE INDEX portal_days_site ON portal_days (site_id, day);

CREATE TABLE portal_voucher_batches (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  -- Where its codes are valid: one site, or all sites of a region (a district or more).
  site_id uuid REFERENCES site(id) ON DELETE CASCADE,
  region_code text,
  plan_id uuid REFERENCES portal_plans(id) ON DELETE SET NULL,
  count integer NOT NULL CHECK (count BETWEEN 1 AND 10000),
  -- From the first use; null = until valid_until.
  valid_seconds integer CHECK (valid_seconds > 0),
  valid_until timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  created_by uuid REFERENCES account(id) ON DELETE SET NULL,
  voided_at timestamptz,
  CHECK ((site_id IS NULL) <> (region_code IS NULL))
);

CREATE TABLE portal_vouchers (
  code_hash text PRIMARY KEY,
  batch_id uuid NOT NULL REFERENCES portal_voucher_batches(id) ON DELETE CASCADE,
  serial integer NOT NULL,
  first_used_at timestamptz,
  expires_at timestamptz,
  voided_at timestamptz,
  UNIQUE (batch_id, serial)
);
CREATE INDEX portal_vouchers_used ON portal_vouchers (batch_id) WHERE first_used_at IS NOT NULL;
CREATE INDEX portal_vouchers_voided ON portal_vouchers (batch_id) WHERE voided_at IS NOT NULL;

-- Codes sent to telephones. The number itself is not kept.
CREATE TABLE portal_phone_codes (
  id uuid PRIMARY KEY,
  phone_hash text NOT NULL,
  mac_hash text NOT NULL,
  gateway_id uuid REFERENCES portal_gateways(id) ON DELETE CASCADE,
  site_id uuid,
  -- 'login' or 'my-data'.
  purpose text NOT NULL,
  code_hash text NOT NULL,
  sent_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  used_at timestamptz,
  -- The channel took it; false where it was not sent (limits), so that the answer is the same.
  sent boolean NOT NULL
);
CREATE INDEX portal_phone_codes_phone ON portal_phone_codes (phone_hash, sent_at DESC);
CREATE INDEX portal_phone_codes_mac ON portal_phone_codes (mac_hash, sent_at DESC);
CREATE INDEX portal_phone_codes_site ON portal_phone_codes (site_id, sent_at DESC);
CREATE INDEX portal_phone_codes_sent ON portal_phone_codes (sent_at);

-- Wrong tries (voucher codes, passwords), for pauses that outlive a restart.
CREATE TABLE portal_attempts (
  -- 'mac:<hash>' or 'gateway:<id>' or 'account:<id>'.
  who text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX portal_attempts_who ON portal_attempts (who, at DESC);

CREATE TABLE portal_consents (
  id uuid PRIMARY KEY,
  terms_version integer NOT NULL REFERENCES portal_terms(version),
  language text NOT NULL CHECK (language IN ('id', 'en')),
  -- Of the exact text that was shown.
  sha256 text NOT NULL,
  at timestamptz NOT NULL,
  site_id uuid NOT NULL,
  gateway_id uuid,
  login_id text,
  mac_hash text NOT NULL,
  phone_hash text,
  -- Each was agreed to by an act of its own; nothing was ticked before.
  service boolean NOT NULL,
  news boolean NOT NULL DEFAULT false,
  withdrawn_at timestamptz
);
CREATE INDEX portal_consents_mac ON portal_consents (mac_hash, at DESC);
CREATE INDEX portal_consents_phone ON portal_consents (phone_hash, at DESC) WHERE phone_hash IS NOT NULL;
CREATE INDEX portal_consents_at ON portal_consents (at);

-- Answers to the survey question, tied to nobody.
CREATE TABLE portal_survey_answers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id uuid NOT NULL,
  day date NOT NULL,
  question text NOT NULL,
  answer text NOT NULL
);
CREATE INDEX portal_survey_answers_site ON portal_survey_answers (site_id, day);

-- What people ask of their data, with the clock of 3 x 24 hours.
CREATE TABLE portal_data_requests (
  id uuid PRIMARY KEY,
  phone_hash text NOT NULL,
  -- 'access', 'withdraw', 'erase'.
  kind text NOT NULL CHECK (kind IN ('access', 'withdraw', 'erase')),
  asked_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  done_at timestamptz,
  done_by uuid REFERENCES account(id) ON DELETE SET NULL,
  outcome text
);
CREATE INDEX portal_data_requests_open ON portal_data_requests (due_at) WHERE done_at IS NULL;

-- Runs of retention: what was forgotten, when.
CREATE TABLE portal_forgotten (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  data_class text NOT NULL,
  older_than timestamptz NOT NULL,
  rows bigint NOT NULL
);
CREATE INDEX portal_forgotten_at ON portal_forgotten (at DESC);

-- Changes that lower a guard, with who made them (message_authenticator = 'no', secrets changed, batches voided).
CREATE TABLE portal_audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  account_id uuid REFERENCES account(id) ON DELETE SET NULL,
  what text NOT NULL,
  about text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}'
);
