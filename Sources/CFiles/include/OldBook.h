// Workbooks as Excel wrote them before 2007, read through libfreexl where it is installed.
#ifndef CFILES_OLD_BOOK_H
#define CFILES_OLD_BOOK_H

#include <stddef.h>
#include <stdint.h>

/// What stands before each piece of what is read; `length` bytes follow it.
struct oldbook_piece {
  uint32_t row;
  uint16_t column;
  uint8_t kind;
  uint8_t none;
  uint32_t length;
};

enum {
  /// All has been read.
  OLDBOOK_END = 0,
  /// A sheet begins; its name follows.
  OLDBOOK_SHEET = 1,
  /// A cell with a number; a double follows.
  OLDBOOK_NUMBER = 2,
  /// A cell with a text.
  OLDBOOK_TEXT = 3,
  /// The workbook is protected with a password.
  OLDBOOK_PROTECTED = 4
};

/// Whether libfreexl is installed.
int oldbook_installed(void);

/// Begins to read a workbook, in a process of its own: what may be wrong with the file or with the library ends that
/// process and not this one.
///
/// @param child where the process's id is put.
/// @return what the pieces are read from; -1 where no process could be begun.
int oldbook_begin(const void *bytes, size_t count, int *child);

/// Waits for the process.
void oldbook_end(int stream, int child);

#endif
