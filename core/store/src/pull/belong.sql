INSERT OR IGNORE INTO membership (record, feed) VALUES (?1, ?2)
