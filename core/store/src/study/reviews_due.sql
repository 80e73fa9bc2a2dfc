SELECT id, version, pending, body FROM review WHERE member = ?1 AND due <= ?2 ORDER BY due LIMIT ?3
