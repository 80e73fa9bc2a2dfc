SELECT no FROM record WHERE id = ?1 AND kind = ?2
