SELECT count(*) FROM upload WHERE device = ?1 AND expires > ?2
