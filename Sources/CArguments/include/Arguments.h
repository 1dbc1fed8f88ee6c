// The words that the program was started with.
#ifndef CARGUMENTS_ARGUMENTS_H
#define CARGUMENTS_ARGUMENTS_H

/// How many words there are, the program's own name among them.
int arguments_count(void);

/// The word of a number from 0 to `arguments_count() - 1`; it stays as long as the program.
const char *arguments_word(int number);

#endif
