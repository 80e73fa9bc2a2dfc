SELECT id, version, pending, body FROM appointment WHERE member = ?1 ORDER BY id
