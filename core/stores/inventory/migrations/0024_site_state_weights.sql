-- State of a site as before, told by one weight of each enabled device instead of four questions and a sorted window:
-- what counts for its site outweighs what does not, and of these the worst stands for all. Figures ask for it of all
-- sites at every change.
CREATE OR REPLACE VIEW site_state AS
SELECT
  s.id AS site_id,
  s.region_code,
  s.kind,
  s.status,
  CASE
    WHEN s.status <> 'active' THEN NULL
    WHEN d.worst IN (4, 14) THEN 'down'
    WHEN d.worst IN (3, 13) THEN 'degraded'
    WHEN d.worst IN (0, 10) THEN 'up'
    ELSE 'unknown'
  END AS state,
  CASE WHEN s.status = 'active' THEN d.since END AS since
FROM site s
LEFT JOIN (
  SELECT
    site_id,
    max(weight) AS worst,
    CASE max(weight)
      WHEN 14 THEN min(since) FILTER (WHERE weight = 14)
      WHEN 13 THEN min(since) FILTER (WHERE weight = 13)
      WHEN 12 THEN min(since) FILTER (WHERE weight = 12)
      -- Up, but for those that were never observed.
      WHEN 11 THEN max(since) FILTER (WHERE weight >= 10)
      WHEN 10 THEN max(since) FILTER (WHERE weight >= 10)
      WHEN 4 THEN min(since) FILTER (WHERE weight = 4)
      WHEN 3 THEN min(since) FILTER (WHERE weight = 3)
      WHEN 2 THEN min(since) FILTER (WHERE weight = 2)
      ELSE max(since)
    END AS since
  FROM (
    SELECT
      e.site_id,
      ds.since,
      CASE WHEN coalesce(k.counts_for_site, true) THEN 10 ELSE 0 END
        + CASE ds.state WHEN 'up' THEN 0 WHEN 'unknown' THEN 2 WHEN 'degraded' THEN 3 WHEN 'down' THEN 4 ELSE 1 END
        AS weight
    FROM device e
    LEFT JOIN device_kind k ON k.id = e.kind
    LEFT JOIN device_status ds ON ds.device_id = e.id
    WHERE e.enabled
  ) w
  GROUP BY site_id
) d ON d.site_id = s.id;
