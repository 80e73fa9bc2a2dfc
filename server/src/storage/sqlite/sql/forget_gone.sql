DELETE FROM entry WHERE record = ?1 AND feed = ?2 AND present = 0
