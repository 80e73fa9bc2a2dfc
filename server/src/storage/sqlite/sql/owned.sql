SELECT id, body FROM record WHERE kind = ?1 AND owner = ?2 ORDER BY no
