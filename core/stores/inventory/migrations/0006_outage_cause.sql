-- An outage that began because everything before the device was down is the parents' ('parent') until `own_since`, when
-- they were back and the device was not; NULL where it never became its own. Other outages have no cause here.
ALTER TABLE outage ADD COLUMN cause text CHECK (cause IN ('parent'));
ALTER TABLE outage ADD COLUMN own_since timestamptz(3);
ALTER TABLE outage ADD CONSTRAINT outage_own_since CHECK (own_since IS NULL OR (cause IS NOT NULL AND own_since >= started_at));
