-- Unfinished ones first, what should be done soonest before the rest.
SELECT study.id, study.version, study.pending, study.body, learning.id, learning.version, learning.base IS NOT NULL, learning.body
FROM study LEFT JOIN record AS learning
    ON learning.no = (SELECT own.no FROM learning AS own WHERE own.study = study.uuid AND own.member = ?1)
WHERE study.starts <= ?2 AND study.state = 'published'
ORDER BY learning.body ->> '$.finished' IS NOT NULL, study.until IS NULL, study.until, study.starts DESC LIMIT ?3
