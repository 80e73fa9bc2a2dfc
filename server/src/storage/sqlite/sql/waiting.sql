-- A first sync has nothing to remove: entries of records that left are not counted for it.
SELECT count(*) FROM entry WHERE feed = ?1 AND version > ?2 AND (?2 > 0 OR present = 1)
