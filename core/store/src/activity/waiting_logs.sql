SELECT id, version, pending, body FROM waiting_log WHERE waits_for = ?1 ORDER BY held LIMIT ?2
