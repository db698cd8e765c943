"""Timelines from a server, for other services: `from client import TimelineClient, AsyncTimelineClient`."""
