SELECT count(*) FROM (SELECT 1 FROM review WHERE member = ?1 AND due <= ?2 LIMIT ?3)
