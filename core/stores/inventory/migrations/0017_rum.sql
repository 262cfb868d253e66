-- How the web feels to who uses it: counts by hour and nothing of persons. A value only adds to its bucket.
CREATE TABLE rum_vital (
  hour timestamptz(0) NOT NULL,
  -- Pattern of the screen's address, e.g. /devices/$deviceId.
  route text NOT NULL,
  -- Of the account's right; empty = every region.
  regency text NOT NULL,
  -- As the browser says it: 4g, 3g, 2g, slow-2g, or unknown.
  connection text NOT NULL,
  vital text NOT NULL,
  bucket smallint NOT NULL,
  count integer NOT NULL CHECK (count > 0),
  PRIMARY KEY (hour, route, regency, connection, vital, bucket)
);
CREATE TABLE rum_error (
  hour timestamptz(0) NOT NULL,
  route text NOT NULL,
  regency text NOT NULL,
  connection text NOT NULL,
  fingerprint text NOT NULL,
  browser text NOT NULL,
  -- One message, without numbers and names.
  sample text NOT NULL,
  count integer NOT NULL CHECK (count > 0),
  PRIMARY KEY (hour, route, regency, connection, fingerprint, browser)
);
