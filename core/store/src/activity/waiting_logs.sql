SELECT id, version, pending, body FROM log WHERE waits_for = ?1 AND state = 'submitted' ORDER BY held LIMIT ?2
