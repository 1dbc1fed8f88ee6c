// pipe2 is not POSIX.
#define _GNU_SOURCE
#include "Signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

static int ends[2] = {-1, -1};
static atomic_int interrupted;

/// The signals handled only while a line is edited; SIGQUIT is ignored there, since a stray key must not kill.
static const int line_signals[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGTERM, SIGQUIT};
enum { line_signal_count = sizeof line_signals / sizeof line_signals[0] };
static struct sigaction before[line_signal_count];
static int taken[line_signal_count];

static void note(int number) {
  int saved = errno;
  if (number == SIGINT) atomic_store(&interrupted, 1);
  unsigned char byte = (unsigned char)number;
  // The pipe does not block: when it is full, the reader has enough to wake up for.
  ssize_t written = write(ends[1], &byte, 1);
  (void)written;
  errno = saved;
}

static void handle(int number, void (*handler)(int), struct sigaction *old) {
  struct sigaction action = {0};
  action.sa_handler = handler;
  // Reads elsewhere in the program go on after a signal; poll returns all the same.
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, old);
}

int signals_install_interrupt(void) {
  if (ends[0] < 0 && pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
    ends[0] = ends[1] = -1;
    return 0;
  }
  handle(SIGINT, note, NULL);
  return 1;
}

int signals_interrupted(void) { return atomic_load_explicit(&interrupted, memory_order_relaxed); }

void signals_clear_interrupt(void) { atomic_store(&interrupted, 0); }

void signals_begin_line(void) {
  for (int i = 0; i < line_signal_count; i++) {
    struct sigaction old;
    taken[i] = sigaction(line_signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN;
    if (!taken[i]) continue;
    handle(line_signals[i], line_signals[i] == SIGQUIT ? SIG_IGN : note, &before[i]);
  }
}

void signals_end_line(void) {
  for (int i = 0; i < line_signal_count; i++) {
    if (taken[i]) sigaction(line_signals[i], &before[i], NULL);
    taken[i] = 0;
  }
}

int signals_descriptor(void) { return ends[0]; }

int signals_next(void) {
  unsigned char byte = 0;
  return ends[0] >= 0 && read(ends[0], &byte, 1) == 1 ? byte : 0;
}

void signals_discard(void) {
  while (signals_next() != 0) {
  }
}

void signals_stop(void) {
  struct sigaction old;
  handle(SIGTSTP, SIG_DFL, &old);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &old, NULL);
  // The shell continues us with SIGCONT, which must not be taken for a second continuation.
  int number;
  int other[64], count = 0;
  while ((number = signals_next()) != 0 && count < 64)
    if (number != SIGCONT && number != SIGTSTP) other[count++] = number;
  for (int i = 0; i < count; i++) {
    unsigned char byte = (unsigned char)other[i];
    ssize_t written = write(ends[1], &byte, 1);
    (void)written;
  }
}
