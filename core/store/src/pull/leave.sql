DELETE FROM membership WHERE record = ?1 AND feed = ?2
