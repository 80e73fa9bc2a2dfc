DELETE FROM refused WHERE seq = ?1
