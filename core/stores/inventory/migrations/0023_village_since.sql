-- State of a village as before, and when one of its sites changed last: since then it is as it is.
CREATE OR REPLACE VIEW village_state AS
SELECT
  region_code AS code,
  CASE
    WHEN bool_and(state = 'up') THEN 'normal'
    WHEN bool_and(state = 'down') THEN 'down'
    WHEN bool_or(state IN ('down', 'degraded')) THEN 'partial'
    ELSE 'unknown'
  END AS state,
  min(state) FILTER (WHERE kind = 'village-office') AS office,
  min(state) FILTER (WHERE kind = 'village-public') AS public,
  max(since) AS since
FROM site_state
WHERE status = 'active' AND kind IN ('village-office', 'village-public')
GROUP BY region_code;
