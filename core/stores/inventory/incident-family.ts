/** `family`: the incident `$1` and all that it took over, at any remove. To stand before a SELECT. */
export const INCIDENT_FAMILY = `WITH RECURSIVE family (id) AS (
    SELECT $1::uuid UNION SELECT i.id FROM incident i JOIN family f ON i.merged_into = f.id)`;
