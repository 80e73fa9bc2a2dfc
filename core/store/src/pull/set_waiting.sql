UPDATE feed SET waiting = ?2 WHERE no = ?1
