INSERT INTO entry (feed, version, record, present) VALUES (?1, ?2, ?3, 1)
