"""The doorway: sign-in, the gate over HTTP and WebSocket, headers and downloads."""
