SELECT id FROM appointment WHERE member = ?1
