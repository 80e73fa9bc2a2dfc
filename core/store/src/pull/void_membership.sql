DELETE FROM membership
