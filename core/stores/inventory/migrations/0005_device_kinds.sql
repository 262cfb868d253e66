-- What the files of core/kinds say, for queries: written anew whenever the inventory is opened.
CREATE TABLE device_kind (
  id text PRIMARY KEY,
  counts_for_site boolean NOT NULL
);

-- State of a site: the worst of its enabled devices (down, degraded, unknown, up) that carry its network. Where it has
-- none of those, what it has counts. A device never observed is unknown, and so is an active site without devices; a
-- site that is not active has no state (NULL).
CREATE OR REPLACE VIEW site_state AS
SELECT
  s.id AS site_id,
  s.region_code,
  s.kind,
  s.status,
  CASE
    WHEN s.status <> 'active' THEN NULL
    WHEN bool_or(ds.state = 'down') THEN 'down'
    WHEN bool_or(ds.state = 'degraded') THEN 'degraded'
    WHEN count(d.id) = 0 OR bool_or(ds.state IS NULL OR ds.state = 'unknown') THEN 'unknown'
    ELSE 'up'
  END AS state,
  CASE
    WHEN s.status <> 'active' THEN NULL
    WHEN bool_or(ds.state = 'down') THEN min(ds.since) FILTER (WHERE ds.state = 'down')
    WHEN bool_or(ds.state = 'degraded') THEN min(ds.since) FILTER (WHERE ds.state = 'degraded')
    WHEN bool_or(ds.state = 'unknown') THEN min(ds.since) FILTER (WHERE ds.state = 'unknown')
    ELSE max(ds.since)
  END AS since
FROM site s
LEFT JOIN (
  SELECT e.id, e.site_id, coalesce(k.counts_for_site, true) AS counts,
    bool_or(coalesce(k.counts_for_site, true)) OVER (PARTITION BY e.site_id) AS some_count
  FROM device e LEFT JOIN device_kind k ON k.id = e.kind
  WHERE e.enabled
) d ON d.site_id = s.id AND (d.counts OR NOT d.some_count)
LEFT JOIN device_status ds ON ds.device_id = d.id
GROUP BY s.id, s.region_code, s.kind, s.status;
