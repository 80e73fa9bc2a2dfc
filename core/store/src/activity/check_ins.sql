SELECT id, version, pending, body FROM check_in WHERE activity = ?1 ORDER BY no
