SELECT id, version, pending, body FROM waiting_log WHERE waits_for = ?1 AND (held, id) > (?2, ?3) ORDER BY held, id LIMIT ?4
