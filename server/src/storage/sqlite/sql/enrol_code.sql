SELECT member FROM enrol_code WHERE hash = ?1 AND used IS NULL AND expires > ?2
