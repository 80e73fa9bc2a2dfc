INSERT INTO draft (key, text, saved) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE SET text = excluded.text, saved = excluded.saved
