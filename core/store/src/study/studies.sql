-- Unfinished ones first, what should be done soonest before the rest.
SELECT study.id, study.version, study.pending, study.body, learning.id, learning.version, learning.pending, learning.body
FROM study LEFT JOIN learning ON learning.study = study.uuid AND learning.member = ?1
WHERE study.starts <= ?2 AND study.state = 'published'
ORDER BY learning.finished IS NOT NULL, study.until IS NULL, study.until, study.starts DESC LIMIT ?3
