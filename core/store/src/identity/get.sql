SELECT device, member, name, server, server_key, certificate, signing_key FROM identity
