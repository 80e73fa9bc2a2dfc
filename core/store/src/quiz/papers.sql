-- Those that can be taken, and those that were; each with the last attempt.
SELECT paper.id, paper.version, paper.pending, paper.body, attempt.id, attempt.version, attempt.pending, attempt.body
FROM paper LEFT JOIN attempt ON attempt.paper = paper.uuid AND attempt.member = ?1
    AND attempt.number = (SELECT max(number) FROM attempt AS any WHERE any.paper = paper.uuid AND any.member = ?1)
WHERE paper.opens <= ?2
    AND (attempt.id IS NOT NULL OR (paper.state = 'open' AND (paper.closes IS NULL OR paper.closes > ?2)))
ORDER BY paper.state = 'open' AND (paper.closes IS NULL OR paper.closes > ?2) DESC, paper.opens DESC LIMIT ?3
