// The name of a file that is being written beside its place, taken away when a signal ends the program. Knows nothing of what is in it.
#ifndef CFILES_TEMPORARY_H
#define CFILES_TEMPORARY_H

/// Remembers the one file that is being written. SIGINT, SIGHUP and SIGTERM, where they would end the program, take it away first.
void temporary_hold(const char *path);

/// Forgets it: it has taken its place, or is gone.
void temporary_release(void);

#endif
