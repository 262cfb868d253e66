-- A session before its second factor was given, and what its owner recognises it by: never a whole address.
ALTER TABLE account_session
  ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  ADD COLUMN stage text NOT NULL DEFAULT 'full' CHECK (stage IN ('full', 'code', 'enrol')),
  ADD COLUMN way text NOT NULL DEFAULT 'password' CHECK (way IN ('password', 'oidc')),
  ADD COLUMN network text,
  ADD COLUMN browser text;

-- How an account signs in beside its password.
CREATE TABLE account_sign_in (
  account_id uuid PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  -- In lower case.
  email text UNIQUE,
  oidc_issuer text,
  oidc_subject text,
  second_factor_required boolean NOT NULL DEFAULT false,
  -- Sealed secrets of RFC 6238: the one that counts, and one that no code has confirmed yet.
  totp bytea,
  totp_pending bytea,
  totp_since timestamptz(3),
  -- The last time step a code was taken from: none is taken twice.
  totp_step bigint,
  UNIQUE (oidc_issuer, oidc_subject),
  CHECK ((oidc_issuer IS NULL) = (oidc_subject IS NULL))
);

-- Codes for whoever lost the telephone, by SHA-256; a used one is gone.
CREATE TABLE recovery_code (
  account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  code_hash text NOT NULL,
  PRIMARY KEY (account_id, code_hash)
);

-- An administrator's link to set a password, by the SHA-256 of its token: one an account, gone when used.
CREATE TABLE password_link (
  account_id uuid PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  token_hash text NOT NULL UNIQUE,
  created_by uuid REFERENCES account (id) ON DELETE SET NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL
);

-- Machines that call the API in an account's name.
CREATE TABLE api_token (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name text NOT NULL,
  -- The beginning of the token, to be recognised by.
  prefix text NOT NULL,
  token_hash text NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3)
);
CREATE INDEX api_token_account_id_idx ON api_token (account_id);
