SELECT id, version, pending, body FROM log WHERE author = ?1 AND (held, id) < (?2, ?3) ORDER BY held DESC, id DESC LIMIT ?4
