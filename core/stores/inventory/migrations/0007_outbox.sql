-- Ways for messages to leave, as set up here; the kind is a file of core/channels.
CREATE TABLE channel (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  kind text NOT NULL,
  -- Settings as JSON, encrypted: secrets stand among them.
  sealed bytea NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  -- Grows with every change: whoever holds the channel open sees by it that it must open it anew.
  version integer NOT NULL DEFAULT 1
);

-- Messages to be sent. A row is written in the transaction of what it tells of, and its id is the message's own.
CREATE TABLE message_outbox (
  id uuid PRIMARY KEY,
  -- Order of writing: of two messages of one incident to one recipient the earlier goes first.
  seq bigint GENERATED ALWAYS AS IDENTITY,
  channel_id uuid NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
  recipient text NOT NULL,
  language text NOT NULL CHECK (language IN ('id', 'en')),
  incident_id uuid,
  event jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL,
  -- For a message that is being sent: when it is taken up again should nothing be heard of it.
  next_try_at timestamptz(3) NOT NULL,
  -- Too late to tell it.
  expires_at timestamptz(3) NOT NULL,
  tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
  tried_at timestamptz(3),
  sent_at timestamptz(3),
  provider_id text,
  failed_at timestamptz(3),
  last_error text,
  CHECK (sent_at IS NULL OR failed_at IS NULL)
);
CREATE INDEX message_outbox_due ON message_outbox (channel_id, next_try_at) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX message_outbox_waiting ON message_outbox (channel_id, recipient, incident_id, seq)
  WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX message_outbox_tried ON message_outbox (channel_id, tried_at);
CREATE INDEX message_outbox_incident ON message_outbox (incident_id, seq) WHERE incident_id IS NOT NULL;
CREATE INDEX message_outbox_seq ON message_outbox (seq);
