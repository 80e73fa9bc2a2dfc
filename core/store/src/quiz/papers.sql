-- Those that can be taken, and those that were; each with the last attempt.
SELECT paper.id, paper.version, paper.pending, paper.body, attempt.id, attempt.version, attempt.base IS NOT NULL, attempt.body
FROM paper LEFT JOIN record AS attempt
    ON attempt.no = (SELECT own.no FROM attempt AS own WHERE own.paper = paper.uuid AND own.member = ?1 ORDER BY own.number DESC LIMIT 1)
WHERE paper.opens <= ?2
    AND (attempt.no IS NOT NULL OR (paper.state = 'open' AND (paper.closes IS NULL OR paper.closes > ?2)))
ORDER BY paper.state = 'open' AND (paper.closes IS NULL OR paper.closes > ?2) DESC, paper.opens DESC LIMIT ?3
