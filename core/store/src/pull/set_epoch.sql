UPDATE progress SET epoch = ?1
