UPDATE outbox SET touched = ?2, doubt = ?3 WHERE seq = ?1
