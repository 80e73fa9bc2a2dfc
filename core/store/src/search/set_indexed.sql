UPDATE progress SET indexed = ?1
