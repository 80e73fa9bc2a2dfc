SELECT issued, boot, mono_ms, mac FROM time_token
