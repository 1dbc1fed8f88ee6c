// Signals as the prompt needs them: handlers that only set a flag and write one byte into a pipe, so that a
// wait on the terminal and the pipe together wakes at once. Written in C because a handler may run at any
// instruction and must call nothing that is not async-signal-safe. Knows nothing of libedit.
#ifndef CESUAN_SIGNALS_H
#define CESUAN_SIGNALS_H

/// Takes over SIGINT for the whole program: Ctrl-C sets a flag and never kills. 0 when there is no pipe.
int signals_install_interrupt(void);
/// 1 from Ctrl-C until `signals_clear_interrupt`. May be asked from any thread.
int signals_interrupted(void);
void signals_clear_interrupt(void);

/// Takes over the signals that matter while a line is edited (window size, job control, hang-up,
/// termination; SIGQUIT is ignored), leaving alone those that the parent has ignored.
void signals_begin_line(void);
/// Gives them back as they were.
void signals_end_line(void);

/// The reading end of the pipe, or -1.
int signals_descriptor(void);
/// The next signal that has arrived, or 0.
int signals_next(void);
/// Forgets the signals that have arrived.
void signals_discard(void);
/// Stops the process as Ctrl-Z would, and returns when it goes on.
void signals_stop(void);

#endif
