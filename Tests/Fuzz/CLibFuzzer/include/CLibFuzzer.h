// The door of libFuzzer, the fuzzer of LLVM, as its manual gives it: the driver runs until its arguments say that it is
// enough, and calls back with each input. It is linked without its own `main`.
#ifndef CESUAN_LIBFUZZER_H
#define CESUAN_LIBFUZZER_H

#include <stddef.h>
#include <stdint.h>

/// Runs the callback on one input after another, as the arguments say.
/// - Returns: what the process is to end with.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

#endif
