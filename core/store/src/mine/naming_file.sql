SELECT kind, id FROM naming_file WHERE instr(body, ?1) > 0 ORDER BY version = 0, no DESC LIMIT ?2
