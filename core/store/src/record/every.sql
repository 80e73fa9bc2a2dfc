SELECT kind, id, version, body, base, (SELECT count(*) FROM membership WHERE membership.record = record.no) FROM record ORDER BY no
