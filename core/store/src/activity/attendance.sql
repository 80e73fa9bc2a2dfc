SELECT check_in.id, check_in.version, check_in.pending, check_in.body, member.name
FROM check_in LEFT JOIN member ON member.id = unhex(check_in.member, '-') WHERE check_in.activity = ?1 ORDER BY member.name, check_in.no
