SELECT id, version, pending, body FROM look WHERE subject = ?1 ORDER BY at DESC LIMIT ?2
