SELECT id, version, pending, body FROM transfer WHERE receiver = ?1 AND state = 'requested' ORDER BY requested
