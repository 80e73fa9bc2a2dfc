DELETE FROM record WHERE no = ?1
