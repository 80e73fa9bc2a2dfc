UPDATE entry SET version = ?3 WHERE feed = ?1 AND version = ?2
