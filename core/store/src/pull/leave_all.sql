DELETE FROM membership WHERE feed = ?1 RETURNING record
