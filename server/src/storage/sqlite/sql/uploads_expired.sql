SELECT id FROM upload WHERE expires <= ?1
