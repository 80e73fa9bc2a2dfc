UPDATE outbox SET version = ?2, doubt = NULL WHERE seq = ?1
