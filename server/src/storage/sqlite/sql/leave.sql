UPDATE entry SET version = ?3, present = 0 WHERE feed = ?1 AND version = ?2
