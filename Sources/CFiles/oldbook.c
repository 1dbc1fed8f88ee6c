#define _GNU_SOURCE
#include "OldBook.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

// What libfreexl calls a cell (freexl.h), which need not be installed where this is compiled.
struct cell {
  unsigned char type;
  union {
    int whole;
    double number;
    const char *text;
  } value;
};

enum { EMPTY = 101, WHOLE = 102, NUMBER = 103 };
enum { SHEETS = 32010, PASSWORD = 32008, IS_PROTECTED = 3003 };

static struct {
  void *handle;
  int (*open)(const char *, const void **);
  int (*info)(const void *, unsigned short, unsigned int *);
  int (*name)(const void *, unsigned short, const char **);
  int (*select)(const void *, unsigned short);
  int (*size)(const void *, unsigned int *, unsigned short *);
  int (*cell)(const void *, unsigned int, unsigned short, struct cell *);
} library;

static void *found(const char *name) { return dlsym(library.handle, name); }

static int load(void) {
  if (library.handle != NULL) return 1;
  library.handle = dlopen("libfreexl.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library.handle == NULL) return 0;
  *(void **)&library.open = found("freexl_open");
  *(void **)&library.info = found("freexl_get_info");
  *(void **)&library.name = found("freexl_get_worksheet_name");
  *(void **)&library.select = found("freexl_select_active_worksheet");
  *(void **)&library.size = found("freexl_worksheet_dimensions");
  *(void **)&library.cell = found("freexl_get_cell_value");
  if (library.open != NULL && library.info != NULL && library.name != NULL && library.select != NULL &&
      library.size != NULL && library.cell != NULL)
    return 1;
  dlclose(library.handle);
  library.handle = NULL;
  return 0;
}

int oldbook_installed(void) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&lock);
  int is = load();
  pthread_mutex_unlock(&lock);
  return is;
}

// MARK: in the process that reads

static int out = -1;
static unsigned char room[1 << 16];
static size_t filled;

static void flush(void) {
  size_t done = 0;
  while (done < filled) {
    ssize_t count = write(out, room + done, filled - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) _exit(1);
    done += (size_t)count;
  }
  filled = 0;
}

static void put(const void *bytes, size_t count) {
  const unsigned char *from = bytes;
  while (count > 0) {
    size_t part = sizeof room - filled < count ? sizeof room - filled : count;
    memcpy(room + filled, from, part);
    filled += part;
    from += part;
    count -= part;
    if (filled == sizeof room) flush();
  }
}

static void piece(uint8_t kind, uint32_t row, uint16_t column, const void *bytes, size_t length) {
  struct oldbook_piece head = {row, column, kind, 0, (uint32_t)length};
  put(&head, sizeof head);
  put(bytes, length);
}

static void read_sheet(const void *book) {
  unsigned int rows = 0;
  unsigned short columns = 0;
  if (library.size(book, &rows, &columns) != 0) _exit(1);
  for (unsigned int row = 0; row < rows; row++) {
    for (unsigned short column = 0; column < columns; column++) {
      struct cell cell;
      if (library.cell(book, row, column, &cell) != 0) _exit(1);
      if (cell.type == EMPTY) continue;
      if (cell.type == WHOLE || cell.type == NUMBER) {
        double number = cell.type == WHOLE ? cell.value.whole : cell.value.number;
        piece(OLDBOOK_NUMBER, row, column, &number, sizeof number);
      } else if (cell.value.text != NULL) {
        // Days are texts, too: 2022-03-01, or with a time behind them.
        piece(OLDBOOK_TEXT, row, column, cell.value.text, strlen(cell.value.text));
      }
    }
  }
}

static void read_book(const char *path) {
  const void *book = NULL;
  unsigned int sheets = 0;
  unsigned int password = 0;
  if (library.open(path, &book) != 0) _exit(1);
  if (library.info(book, PASSWORD, &password) == 0 && password == IS_PROTECTED) {
    piece(OLDBOOK_PROTECTED, 0, 0, NULL, 0);
    flush();
    _exit(0);
  }
  if (library.info(book, SHEETS, &sheets) != 0) _exit(1);
  for (unsigned int sheet = 0; sheet < sheets; sheet++) {
    const char *name = NULL;
    if (library.name(book, (unsigned short)sheet, &name) != 0 || name == NULL) _exit(1);
    if (library.select(book, (unsigned short)sheet) != 0) _exit(1);
    piece(OLDBOOK_SHEET, 0, 0, name, strlen(name));
    read_sheet(book);
  }
  piece(OLDBOOK_END, 0, 0, NULL, 0);
  flush();
  _exit(0);
}

/// A file that says of itself more than it holds gets no more than this, and nothing waits without end.
static void limit(void) {
  struct rlimit time = {60, 60};
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CPU, &time);
  setrlimit(RLIMIT_CORE, &none);
  alarm(120);
  unsigned long pages = 0;
  char text[128] = {0};
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0 || read(file, text, sizeof text - 1) <= 0 || sscanf(text, "%lu", &pages) != 1) return;
  close(file);
  rlim_t most = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + ((rlim_t)2 << 30);
  struct rlimit memory = {most, most};
  setrlimit(RLIMIT_AS, &memory);
}

static int copied(const void *bytes, size_t count) {
  int file = memfd_create("workbook", MFD_CLOEXEC);
  size_t done = 0;
  while (file >= 0 && done < count) {
    ssize_t part = write(file, (const char *)bytes + done, count - done);
    if (part < 0 && errno == EINTR) continue;
    if (part <= 0) {
      close(file);
      return -1;
    }
    done += (size_t)part;
  }
  return file;
}

int oldbook_begin(const void *bytes, size_t count, int *child) {
  if (!oldbook_installed()) return -1;
  int ends[2];
  int file = copied(bytes, count);
  if (file < 0) return -1;
  if (pipe2(ends, O_CLOEXEC) != 0) {
    close(file);
    return -1;
  }
  pid_t id = fork();
  if (id == 0) {
    static const int usual[] = {SIGINT, SIGHUP, SIGTERM, SIGPIPE, SIGSEGV, SIGBUS, SIGILL, SIGABRT, SIGALRM};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) signal(usual[i], SIG_DFL);
    close(ends[0]);
    out = ends[1];
    limit();
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    read_book(path);
  }
  close(ends[1]);
  close(file);
  if (id < 0) {
    close(ends[0]);
    return -1;
  }
  *child = id;
  return ends[0];
}

void oldbook_end(int stream, int child) {
  // Who still writes is told that nobody reads.
  close(stream);
  while (waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
}
