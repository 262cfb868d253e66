-- Each poll rewrites rows of this table: with room on their pages they stay where they are and touch no index.
ALTER TABLE device_status SET (fillfactor = 70);
