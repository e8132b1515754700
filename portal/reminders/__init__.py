"""Telling people what waits for them: in the portal, by mail and chat, in their calendar."""
