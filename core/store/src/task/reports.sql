SELECT id, version, pending, body FROM report WHERE task = ?1 ORDER BY made
