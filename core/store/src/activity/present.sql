SELECT count(*) FROM check_in WHERE activity = ?1
