UPDATE progress SET sweep = ?1
