SELECT id, body FROM record WHERE kind = ?1 AND owner = ?2 AND moment BETWEEN ?3 AND ?4 ORDER BY moment, id
