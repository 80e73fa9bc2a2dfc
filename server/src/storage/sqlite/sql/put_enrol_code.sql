INSERT INTO enrol_code (hash, member, asked_by, made, expires) VALUES (?1, ?2, ?3, ?4, ?5)
