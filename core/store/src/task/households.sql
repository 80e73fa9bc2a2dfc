SELECT id, version, pending, body FROM household WHERE grid = ?1
