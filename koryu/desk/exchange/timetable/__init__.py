"""The timetable of an exchange, typed as a sheet by whoever arranges it, read and commented on by the others."""
