SELECT id, version, pending, body FROM log WHERE author = ?1 ORDER BY held DESC LIMIT ?2
