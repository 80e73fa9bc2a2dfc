DELETE FROM sent WHERE seq <= (SELECT max(seq) FROM sent) - ?1
