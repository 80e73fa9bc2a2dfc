UPDATE refused SET feed_lost = 1 WHERE seq = ?1
