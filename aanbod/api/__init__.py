"""Open data of the offer below /api/v1/: JSON, schema.org JSON-LD and iCalendar. Only what stands
on public pages goes out, and nothing about people."""
