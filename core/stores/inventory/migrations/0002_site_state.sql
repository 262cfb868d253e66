-- State of a site: the worst of its enabled devices (down, degraded, unknown, up). A device never observed is unknown,
-- and so is an active site without devices; a site that is not active has no state (NULL).
CREATE VIEW site_state AS
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
LEFT JOIN device d ON d.site_id = s.id AND d.enabled
LEFT JOIN device_status ds ON ds.device_id = d.id
GROUP BY s.id, s.region_code, s.kind, s.status;

-- State of a village of the programme, from its active sites of the kinds village-office and village-public.
CREATE VIEW village_state AS
SELECT
  region_code AS code,
  CASE
    WHEN bool_and(state = 'up') THEN 'normal'
    WHEN bool_and(state = 'down') THEN 'down'
    WHEN bool_or(state IN ('down', 'degraded')) THEN 'partial'
    ELSE 'unknown'
  END AS state,
  min(state) FILTER (WHERE kind = 'village-office') AS office,
  min(state) FILTER (WHERE kind = 'village-public') AS public
FROM site_state
WHERE status = 'active' AND kind IN ('village-office', 'village-public')
GROUP BY region_code;
