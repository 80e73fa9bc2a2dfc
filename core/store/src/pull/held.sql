SELECT EXISTS (SELECT 1 FROM membership WHERE record = ?1)
