SELECT count(*) FROM draft
