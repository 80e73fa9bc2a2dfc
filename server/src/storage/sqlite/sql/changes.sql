-- CROSS JOIN keeps the order of the feed: entries by version, each record by its number.
SELECT r.kind, r.id, e.version, CASE e.present WHEN 1 THEN r.body END
FROM entry AS e CROSS JOIN record AS r ON r.no = e.record
WHERE e.feed = ?1 AND e.version > ?2 AND (?3 OR e.present = 1)
ORDER BY e.version
