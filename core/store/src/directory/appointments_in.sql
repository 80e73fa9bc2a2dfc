SELECT id, version, pending, body FROM appointment WHERE org = ?1 ORDER BY id
