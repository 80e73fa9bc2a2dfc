UPDATE feed SET cursor = max(cursor, ?2), waiting = max(0, waiting - ?3) WHERE no = ?1
