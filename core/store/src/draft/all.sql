SELECT key, text, saved FROM draft ORDER BY saved DESC, no DESC
