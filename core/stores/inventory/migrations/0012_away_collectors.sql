-- The collector that wrote last of a device: what is not seen while that one is away. NULL until it is seen again.
ALTER TABLE device_status ADD COLUMN collector text;
-- Its last heartbeat, where its devices were marked as unknown because none came any more.
ALTER TABLE collector_heartbeat ADD COLUMN away_since timestamptz(3);
-- Changes that it could not keep until the store was back, since it started.
ALTER TABLE collector_heartbeat ADD COLUMN lost bigint NOT NULL DEFAULT 0;
