UPDATE enrol_code SET used = ?2 WHERE hash = ?1 AND used IS NULL AND expires > ?2
