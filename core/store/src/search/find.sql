-- The newest first: they were numbered as they came.
SELECT record.kind, record.id, record.body
FROM (SELECT rowid AS no FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT ?2) AS found JOIN record ON record.no = found.no
