#include "Arguments.h"

#include <assert.h>

static int count;
static char **words;

/// The C library gives every constructor what `main` is given. Swift's own list is read from /proc, and where that is not
/// mounted (a bare chroot, a container that hides it) the list is empty: the program would not do what it was asked, and
/// say nothing.
__attribute__((constructor)) static void keep(int given, char **list) {
  count = given;
  words = list;
}

int arguments_count(void) { return count; }

const char *arguments_word(int number) {
  assert(number >= 0 && number < count);
  return words[number];
}
