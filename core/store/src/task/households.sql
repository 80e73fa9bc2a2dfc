SELECT id, version, pending, body FROM household WHERE grid = ?1 ORDER BY address, building, unit, door LIMIT ?2
