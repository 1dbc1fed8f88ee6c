// What the line editor needs of libedit, in a form that Swift can call.
//
// libedit sets nearly everything through variadic functions, which Swift cannot call, and speaks wchar_t.
// Each wrapper below makes one such call with fixed argument types. Text crosses as UTF-32 code units
// (wchar_t on Linux has the same size), always with an explicit end. Knows nothing of commands or policies.
#ifndef CESUAN_CLIBEDIT_H
#define CESUAN_CLIBEDIT_H

#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "Signals.h"

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "text crosses this boundary as UTF-32");

/// Reads one key: 1 for a key, 0 for the end of input, -1 to abandon the line.
typedef int (*edit_read_key)(EditLine *editor, uint32_t *key);
/// Answers the prompt as zero-terminated UTF-32, which must stay valid until the next call.
typedef uint32_t *(*edit_prompt)(EditLine *editor);
/// Carries out a key's command and answers one of libedit's CC_ codes.
typedef unsigned char (*edit_command)(EditLine *editor, int key);

/// Makes the character type UTF-8: the user's locale if it is one, else C.UTF-8. 0 when there is none.
/// The user's is looked at beside the one in use, which is never another than UTF-8 once it is: others may be counting
/// cells meanwhile.
static inline int edit_use_utf8(void) {
  locale_t own = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
  int is_utf8 = own != (locale_t)0 && strcasecmp(nl_langinfo_l(CODESET, own), "UTF-8") == 0;
  if (own != (locale_t)0) freelocale(own);
  return setlocale(LC_CTYPE, is_utf8 ? "" : "C.UTF-8") != NULL && strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/// An editor on the standard streams. libedit's warnings about an unknown terminal go to `errors`.
static inline EditLine *edit_open(const char *application, FILE *errors) {
  return el_init(application, stdin, stdout, errors);
}

static inline void edit_flush(void) { fflush(stdout); }

static inline FILE *edit_standard_error(void) { return stderr; }

static inline FILE *edit_standard_output(void) { return stdout; }

static inline void edit_set_errors(EditLine *editor, FILE *errors) { el_set(editor, EL_SETFP, 2, errors); }

static inline void edit_set_client(EditLine *editor, void *client) { el_set(editor, EL_CLIENTDATA, client); }

static inline void *edit_client(EditLine *editor) {
  void *client = NULL;
  return el_get(editor, EL_CLIENTDATA, &client) == 0 ? client : NULL;
}

static inline void edit_set_editor(EditLine *editor, const char *mode) { el_set(editor, EL_EDITOR, mode); }

/// 1 when the user has chosen the vi keys.
static inline int edit_is_vi(EditLine *editor) {
  const char *mode = NULL;
  return el_get(editor, EL_EDITOR, &mode) == 0 && mode != NULL && strcmp(mode, "vi") == 0;
}

/// 0 when the user has switched editing off.
static inline int edit_is_editing(EditLine *editor) {
  int editing = 0;
  return el_get(editor, EL_EDITMODE, &editing) == 0 && editing;
}

/// 1 when the terminal obeys the ANSI sequences that the editor writes itself.
static inline int edit_is_ansi(EditLine *editor) {
  char *clear_to_end = NULL;
  return el_get(editor, EL_GETTC, "ce", &clear_to_end) == 0 && clear_to_end != NULL
      && strncmp(clear_to_end, "\033[K", 3) == 0;
}

static inline void edit_set_signals(EditLine *editor, int handled) { el_set(editor, EL_SIGNAL, handled); }

static inline void edit_set_reader(EditLine *editor, edit_read_key reader) {
  el_wset(editor, EL_GETCFN, (el_rfunc_t)(void *)reader);
}

/// `mark` encloses escape sequences, which take no room on the screen.
static inline void edit_set_prompt(EditLine *editor, edit_prompt prompt, uint32_t mark) {
  el_wset(editor, EL_PROMPT_ESC, prompt, (wchar_t)mark);
}

static inline void edit_set_right_prompt(EditLine *editor, edit_prompt prompt, uint32_t mark) {
  el_wset(editor, EL_RPROMPT_ESC, prompt, (wchar_t)mark);
}

static inline void edit_add_command(EditLine *editor, const char *name, const char *help, edit_command command) {
  el_set(editor, EL_ADDFN, name, help, command);
}

static inline void edit_bind(EditLine *editor, const char *key, const char *command) {
  el_set(editor, EL_BIND, key, command, NULL);
}

/// Binds a key of the vi command mode.
static inline void edit_bind_alternative(EditLine *editor, const char *key, const char *command) {
  el_set(editor, EL_BIND, "-a", key, command, NULL);
}

/// Puts the terminal into the editor's mode (1) or back into the user's (0).
static inline void edit_prepare_terminal(EditLine *editor, int raw) { el_set(editor, EL_PREP_TERM, raw); }

/// Draws prompt and line anew, taking the cursor's place as the first cell of the prompt.
static inline void edit_redraw(EditLine *editor) { el_set(editor, EL_REFRESH); }

/// The line being edited: its text (not terminated), its length and the cursor's place in it.
static inline const uint32_t *edit_line(EditLine *editor, size_t *length, size_t *cursor) {
  const LineInfoW *line = el_wline(editor);
  *length = (size_t)(line->lastchar - line->buffer);
  *cursor = (size_t)(line->cursor - line->buffer);
  return (const uint32_t *)line->buffer;
}

static inline int edit_insert(EditLine *editor, const uint32_t *text) {
  return el_winsertstr(editor, (const wchar_t *)text);
}

static inline void edit_push(EditLine *editor, const uint32_t *keys) { el_wpush(editor, (const wchar_t *)keys); }

/// Reads one line. `count` is 0 at the end of input and -1 when the reader abandoned the line.
static inline const uint32_t *edit_read(EditLine *editor, int *count) {
  return (const uint32_t *)el_wgets(editor, count);
}

static inline HistoryW *edit_history_open(EditLine *editor, int limit) {
  HistoryW *history = history_winit();
  if (history == NULL) return NULL;
  HistEventW event;
  history_w(history, &event, H_SETSIZE, limit);
  history_w(history, &event, H_SETUNIQUE, 1);
  el_wset(editor, EL_HIST, history_w, history);
  return history;
}

static inline void edit_history_enter(HistoryW *history, const uint32_t *entry) {
  HistEventW event;
  history_w(history, &event, H_ENTER, (const wchar_t *)entry);
}

/// Columns that a character takes: -1 for those that cannot be printed.
int edit_width(uint32_t character);

/// The size of the window, with the values that libedit assumes when the terminal does not say.
static inline void edit_window(int *columns, int *rows) {
  struct winsize size = {0};
  ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
  *columns = size.ws_col < 2 ? 80 : size.ws_col;
  *rows = size.ws_row < 1 ? 24 : size.ws_row;
}

#endif
