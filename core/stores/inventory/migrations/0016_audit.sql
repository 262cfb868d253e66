-- Who changed what, and who signed in. Rows are only added; each holds the SHA-256 of the one before and of itself, so
-- that a row that was changed, put in or taken out shows. Names stand as they were at the time, without references:
-- what a row tells of may be gone.
CREATE TABLE audit (
  -- Without gaps, given by the trigger below.
  seq bigint PRIMARY KEY,
  at timestamptz(3) NOT NULL,
  actor_kind text NOT NULL CHECK (actor_kind IN ('account', 'token', 'officer', 'system', 'nobody')),
  actor_id text NOT NULL DEFAULT '',
  actor_name text NOT NULL DEFAULT '',
  -- Method and address of the call with its parameters' names, or a stable code.
  action text NOT NULL,
  target_kind text NOT NULL DEFAULT '',
  target_id text NOT NULL DEFAULT '',
  target_name text NOT NULL DEFAULT '',
  -- Who may read it: the region that covers all it tells of; empty = only who sees every region.
  region_code text NOT NULL DEFAULT '',
  address text NOT NULL DEFAULT '',
  agent text NOT NULL DEFAULT '',
  outcome text NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
  -- JSON of the fields that changed, as text: what was hashed stays byte for byte what it was. Empty = nothing.
  before text NOT NULL DEFAULT '' CHECK (octet_length(before) <= 16384),
  after text NOT NULL DEFAULT '' CHECK (octet_length(after) <= 16384),
  prev bytea NOT NULL,
  hash bytea NOT NULL
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_target ON audit (target_id, seq);
CREATE INDEX audit_actor ON audit (actor_id, seq);
CREATE INDEX audit_region ON audit (region_code text_pattern_ops, seq);

-- Where the chain begins after old rows were forgotten: the last row that is gone.
CREATE TABLE audit_forgotten (
  seq bigint PRIMARY KEY,
  hash bytea NOT NULL,
  at timestamptz(3) NOT NULL,
  rows bigint NOT NULL
);

-- Fields as their length in bytes, a colon and themselves: no two rows read alike.
CREATE FUNCTION audit_line(VARIADIC fields text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg(octet_length(convert_to(field, 'UTF8')) || ':' || field, '' ORDER BY place)
  FROM unnest(fields) WITH ORDINALITY AS listed (field, place)
$$;

CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  -- One row after the other, until whoever adds one has kept it or given up.
  PERFORM pg_advisory_xact_lock(7467086);
  SELECT seq, hash INTO last FROM audit ORDER BY seq DESC LIMIT 1;
  IF NOT FOUND THEN SELECT seq, hash INTO last FROM audit_forgotten ORDER BY seq DESC LIMIT 1; END IF;
  NEW.seq := coalesce(last.seq, 0) + 1;
  NEW.prev := coalesce(last.hash, sha256(''::bytea));
  NEW.hash := sha256(convert_to(audit_line(
    encode(NEW.prev, 'hex'), NEW.seq::text, (extract(epoch FROM NEW.at) * 1000)::bigint::text,
    NEW.actor_kind, NEW.actor_id, NEW.actor_name, NEW.action, NEW.target_kind, NEW.target_id, NEW.target_name,
    NEW.region_code, NEW.address, NEW.agent, NEW.outcome, NEW.before, NEW.after
  ), 'UTF8'));
  RETURN NEW;
END
$$;
CREATE TRIGGER audit_chain BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_chain();

CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('simpul.audit_forget', true) = 'on' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'the audit log is only added to';
END
$$;
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_keep();
CREATE TRIGGER audit_keep_all BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_keep();

-- The one way out: rows from the oldest on, never from the middle. Returns how many went.
CREATE FUNCTION audit_forget(older_than timestamptz, forgotten_at timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  last record;
  gone bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(7467086);
  SELECT seq, hash INTO last FROM audit
  WHERE seq < coalesce((SELECT min(seq) FROM audit WHERE at >= older_than), 9223372036854775807)
  ORDER BY seq DESC LIMIT 1;
  IF NOT FOUND THEN RETURN 0; END IF;
  PERFORM set_config('simpul.audit_forget', 'on', true);
  DELETE FROM audit WHERE seq <= last.seq;
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('simpul.audit_forget', '', true);
  INSERT INTO audit_forgotten (seq, hash, at, rows) VALUES (last.seq, last.hash, forgotten_at, gone);
  RETURN gone;
END
$$;

-- What the portal recorded by itself until now.
INSERT INTO audit (at, actor_kind, actor_id, actor_name, action, target_kind, target_id, outcome, after)
SELECT p.at, CASE WHEN p.account_id IS NULL THEN 'system' ELSE 'account' END, coalesce(p.account_id::text, ''),
  coalesce(a.display_name, ''), p.what, 'portal', p.about, 'done', CASE WHEN p.detail = '{}' THEN '' ELSE p.detail::text END
FROM portal_audit p LEFT JOIN account a ON a.id = p.account_id ORDER BY p.id;
