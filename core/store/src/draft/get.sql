SELECT key, text, saved FROM draft WHERE key = ?1
