INSERT OR REPLACE INTO search (rowid, kind, word, pinyin) VALUES (?1, ?2, ?3, ?4)
