SELECT body, version, base IS NOT NULL FROM record WHERE id = ?1 AND kind = ?2
