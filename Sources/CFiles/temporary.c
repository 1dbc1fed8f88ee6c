#define _GNU_SOURCE
#include "Temporary.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Atomic(char *) held;

/// Nothing here but calls that a handler may make.
static void take_away(int number) {
  char *path = atomic_exchange(&held, NULL);
  if (path != NULL) unlink(path);
  // The handler is for one signal only (SA_RESETHAND): the second ends the program as if there had been no handler.
  raise(number);
}

void temporary_hold(const char *path) {
  static const int ending[] = {SIGINT, SIGHUP, SIGTERM};
  char *copy = strdup(path);
  char *before = atomic_exchange(&held, copy);
  free(before);
  // A file that grows beyond what is allowed is told of as one for which there is no room.
  struct sigaction large;
  if (sigaction(SIGXFSZ, NULL, &large) == 0 && large.sa_handler == SIG_DFL) signal(SIGXFSZ, SIG_IGN);
  for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++) {
    struct sigaction now;
    // Who asked not to be ended (nohup), or handles the signal in another way, is left alone.
    if (sigaction(ending[i], NULL, &now) != 0 || now.sa_handler != SIG_DFL) continue;
    struct sigaction action = {0};
    action.sa_handler = take_away;
    action.sa_flags = SA_RESETHAND | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    sigaction(ending[i], &action, NULL);
  }
}

void temporary_release(void) { free(atomic_exchange(&held, NULL)); }
