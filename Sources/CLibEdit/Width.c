// wcwidth is an X/Open extension, which the header cannot ask for on behalf of those who include it.
#define _XOPEN_SOURCE 700
#include <wchar.h>

#include "CLibEdit.h"

int edit_width(uint32_t character) { return wcwidth((wchar_t)character); }
