SELECT touched FROM outbox WHERE seq = ?1
